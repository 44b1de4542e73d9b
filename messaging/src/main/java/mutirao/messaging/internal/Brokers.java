package mutirao.messaging.internal;

import java.util.Optional;
import mutirao.messaging.Broker;
import mutirao.messaging.internal.kafka.KafkaTransport;
import mutirao.messaging.internal.memory.MemoryBroker;
import mutirao.messaging.internal.memory.MemoryTransport;
import mutirao.messaging.internal.rabbit.RabbitTransport;
import mutirao.messaging.internal.redis.RedisTransport;
import org.springframework.core.env.Environment;

/// Which broker an application talks to.
final class Brokers {
    private Brokers() {}

    /// What the settings say: a property, else the variable that the broker's users know, else this machine.
    static Broker of(Settings settings, Environment environment) {
        return switch (settings.broker()) {
            case NONE -> Broker.none();
            case KAFKA ->
                Broker.kafka(Optional.ofNullable(settings.kafka().bootstrapServers())
                        .orElseGet(() -> environment.getProperty("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")));
            case RABBITMQ ->
                Broker.rabbitmq(Optional.ofNullable(settings.rabbitmq().url())
                        .orElseGet(
                                () -> environment.getProperty("RABBITMQ_URL", "amqp://guest:guest@localhost:5672/")));
            case REDIS ->
                Broker.redis(Optional.ofNullable(settings.redis().url())
                        .orElseGet(() -> environment.getProperty("REDIS_URL", "redis://localhost:6379/0")));
        };
    }

    /// A connection to it.
    ///
    /// @param name   by which brokers show it
    /// @param memory for none
    static Transport open(Broker broker, String name, Settings settings, MemoryBroker memory) {
        return switch (broker.kind()) {
            case NONE -> new MemoryTransport(memory);
            case KAFKA ->
                new KafkaTransport(broker.address(), name, settings.kafka().properties(), settings.confirmTimeout());
            case RABBITMQ -> new RabbitTransport(broker.address(), name);
            case REDIS -> new RedisTransport(broker.address(), name);
        };
    }
}
