package mutirao.messaging.internal.kafka;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// How far behind a group is.
final class Lag {
    private final Topics topics;

    Lag(Topics topics) {
        this.topics = topics;
    }

    /// From what the group has committed, or from the oldest message where it has committed nothing, to the newest;
    /// 0 for a topic that is not there.
    ///
    /// @throws org.apache.kafka.common.KafkaException when the broker does not answer
    long of(String group, String topic) {
        try {
            return sum(group, topics.partitions(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
    }

    private long sum(String group, List<TopicPartition> partitions) {
        var latest = offsets(partitions, OffsetSpec.latest());
        var earliest = offsets(partitions, OffsetSpec.earliest());
        var committed = committed(group);
        return partitions.stream()
                .mapToLong(partition -> {
                    var oldest = offset(earliest, partition);
                    var done = Math.max(oldest, committed.apply(partition));
                    return Math.max(0, offset(latest, partition) - done);
                })
                .sum();
    }

    private ListOffsetsResult offsets(List<TopicPartition> partitions, OffsetSpec which) {
        var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which));
        return topics.admin().listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    }

    private static long offset(ListOffsetsResult result, TopicPartition partition) {
        return Topics.answer(result.partitionResult(partition)).offset();
    }

    private Function<TopicPartition, Long> committed(String group) {
        try {
            var offsets =
                    Topics.answer(topics.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            return partition -> {
                var offset = offsets.get(partition);
                return offset == null ? 0 : offset.offset();
            };
        } catch (GroupIdNotFoundException e) {
            return _ -> 0L;
        }
    }
}
