package mutirao.messaging.internal.redis;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.messaging.internal.Partitions;

/// What things are called in Redis.
final class Names {
    private Names() {}

    static String stream(String topic, int partition) {
        return topic + ":" + partition;
    }

    /// The streams that are read by whoever has a partition. With the first goes the bare stream, to which
    /// neighbours add that know nothing of partitions.
    static List<String> streams(String topic, int partition) {
        return partition == 0 ? List.of(stream(topic, 0), topic) : List.of(stream(topic, partition));
    }

    /// All of them.
    static List<String> streams(String topic) {
        return IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> streams(topic, partition))
                .flatMap(List::stream)
                .toList();
    }

    /// The sorted set of a group's members at a topic, by the time at which each is taken for dead.
    static String members(String group, String topic) {
        return "mutirao:members:" + group + "/" + topic;
    }

    /// Holds the member that has the partition, until it expires.
    static String lease(String group, String topic, int partition) {
        return "mutirao:lease:" + group + "/" + topic + "/" + partition;
    }

    static List<String> membersAndLeases(String group, String topic) {
        return Stream.concat(
                        Stream.of(members(group, topic)),
                        IntStream.range(0, Partitions.COUNT).mapToObj(partition -> lease(group, topic, partition)))
                .toList();
    }
}
