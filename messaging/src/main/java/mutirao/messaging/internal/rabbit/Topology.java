package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import mutirao.messaging.internal.Partitions;
import org.jspecify.annotations.Nullable;

/// Names the exchanges and queues of topics and groups, and declares them. Declaring what is there changes nothing.
final class Topology {
    private static final int LONGEST_NAME = 255;
    /// A members' queue that nobody consumes from is deleted after so many milliseconds.
    private static final int MEMBERS_EXPIRE_MS = 60_000;

    private Topology() {}

    static String unpartitioned(String topic) {
        return topic + ".unpartitioned";
    }

    static String queue(String group, String topic, int partition) {
        return group + "." + topic + "." + partition;
    }

    static String members(String group, String topic) {
        return group + "." + topic + ".members";
    }

    /// @throws IllegalArgumentException when it is longer than AMQP's 255 octets
    static String routingKey(int partition, @Nullable String event) {
        return checked(event == null ? "p" + partition : "p" + partition + "." + event);
    }

    /// @throws IllegalArgumentException when a name is longer than AMQP's 255 octets
    static String checked(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("longer than the 255 octets that AMQP allows: " + name);
        }
        return name;
    }

    static void declareTopic(Channel channel, String topic) throws IOException {
        channel.exchangeDeclare(unpartitioned(topic), BuiltinExchangeType.FANOUT, true);
        channel.exchangeDeclare(
                topic, BuiltinExchangeType.TOPIC, true, false, Map.of("alternate-exchange", unpartitioned(topic)));
    }

    static void declareGroup(Channel channel, String group, String topic) throws IOException {
        declareTopic(channel, topic);
        for (var partition = 0; partition < Partitions.COUNT; partition++) {
            var queue = queue(group, topic, partition);
            channel.queueDeclare(queue, true, false, false, Map.of("x-single-active-consumer", true));
            channel.queueBind(queue, topic, "p" + partition + ".#");
        }
        channel.queueBind(queue(group, topic, 0), unpartitioned(topic), "");
        // Classic whatever the default of the virtual host is: replicating it would buy nothing.
        channel.queueDeclare(
                members(group, topic),
                true,
                false,
                false,
                Map.of("x-queue-type", "classic", "x-expires", MEMBERS_EXPIRE_MS));
    }
}
