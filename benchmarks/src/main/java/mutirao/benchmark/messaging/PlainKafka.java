package mutirao.benchmark.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka's own client, with the same promises: idempotent and confirmed by all; committed after each poll.
final class PlainKafka implements Way {
    /// As many as the library makes.
    private static final int PARTITIONS = 8;

    private final Map<String, Object> config;
    private final String topic;
    private final Content content;
    private final KafkaProducer<byte[], byte[]> producer;

    PlainKafka(String bootstrapServers, String topic, Content content) throws Exception {
        this.topic = topic;
        this.content = content;
        this.config = Map.of("bootstrap.servers", bootstrapServers);
        try (var admin = Admin.create(config)) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void publish(int count) throws InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        var failed = new AtomicReference<Exception>();
        for (int i = 0; i < count; i++) {
            room.acquire();
            var message = new ProducerRecord<>(topic, Way.key(i).getBytes(UTF_8), content.body(i));
            content.attributes(i).forEach((name, value) -> message.headers().add("ce_" + name, value.getBytes(UTF_8)));
            var _ = producer.send(message, (_, fault) -> {
                if (fault != null) {
                    failed.set(fault);
                }
                room.release();
            });
        }
        room.acquire(IN_FLIGHT);
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
    }

    @Override
    public double consume(int count) throws InterruptedException {
        var span = new Span(count);
        var own = new HashMap<>(config);
        own.put("group.id", topic + "-group");
        own.put("auto.offset.reset", "earliest");
        own.put("enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            for (int had = 0; had < count; ) {
                var some = consumer.poll(Duration.ofSeconds(1));
                for (var message : some) {
                    content.read(name -> text(message.headers(), "ce_" + name), message.value());
                    span.one();
                }
                had += some.count();
                consumer.commitSync();
            }
            return span.rate();
        }
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
