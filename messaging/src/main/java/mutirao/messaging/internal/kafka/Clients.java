package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How Kafka's clients are set up.
///
/// @param bootstrapServers `host:port,…`
/// @param name             what their ids begin with
/// @param properties       theirs, where the library has none that carries a promise
/// @param delivery         a message is confirmed this long after the producer took it, or never; 30 s at least
record Clients(String bootstrapServers, String name, Map<String, String> properties, Duration delivery) {
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(30);

    /// Reconnecting waits longer each time, up to this; it is also what bounds the client's warnings while the
    /// broker is away, two at each attempt.
    private static final int LONGEST_PAUSE_MS = 5_000;

    /// Client ids name MBeans, so they must not come twice in a process.
    private static final AtomicLong COUNT = new AtomicLong();

    Clients {
        delivery = delivery.compareTo(SHORTEST_DELIVERY) < 0 ? SHORTEST_DELIVERY : delivery;
    }

    Map<String, Object> admin() {
        var config = common();
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
        return config;
    }

    Map<String, Object> producer() {
        var config = common();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.min(Integer.MAX_VALUE, delivery.toMillis()));
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // How long one who sends waits at worst; the outbox then tries again and again.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
        // Enough to fill batches under load; a lone message is hardly later. Not compressed: a batch of few small
        // messages gains nothing, and a topic can be told to compress (compression.type).
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return config;
    }

    /// @param batch so many messages come at once at most
    Map<String, Object> consumer(int batch) {
        var config = common();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        // Who takes part changes without the others stopping.
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // What a killed process had moves after this.
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        // New topics and partitions are seen after this.
        config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 15_000);
        return config;
    }

    private Map<String, Object> common() {
        var config = new HashMap<String, Object>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, name + "-" + COUNT.incrementAndGet());
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_PAUSE_MS);
        // Else the client (4.2) forgets the brokers it knows when none answers, dozens of times a second with a line
        // in the log each time, and a producer that knows no broker takes no messages.
        config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        config.putAll(properties);
        return config;
    }
}
