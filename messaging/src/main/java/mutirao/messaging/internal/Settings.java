package mutirao.messaging.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import mutirao.messaging.Broker;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `mutirao.messaging.*`.
///
/// @param broker          `none`, `kafka`, `rabbitmq` or `redis`, unless the application has a `Broker` bean
/// @param kafka           where Kafka is
/// @param rabbitmq        where RabbitMQ is
/// @param redis           where Redis is
/// @param topic           where messages go that name no topic; null for the application's name
/// @param source          who publishes; null for the application's name
/// @param group           of handlers that name no group; null for the application's name
/// @param clientName      as which brokers see this process; null for the application's name
/// @param format          how messages are written
/// @param concurrency     so many handlers of one group run at once in this process
/// @param prefetch        so many messages of one partition are taken before the first of them is done
/// @param maxInFlight     so many messages are unconfirmed at most before publishers wait
/// @param confirmTimeout  how long a confirmation is waited for
/// @param shutdownTimeout how long running handlers are waited for at the end
/// @param retry           of handlers that do not say otherwise
/// @param consumers       which consumers this process runs
/// @param processed       where handled messages are noted
/// @param asyncapi        whether a web application shows what it publishes and handles at `/asyncapi`
@ConfigurationProperties("mutirao.messaging")
public record Settings(
        @DefaultValue("none") Broker.Kind broker,
        @DefaultValue Kafka kafka,
        @DefaultValue Rabbitmq rabbitmq,
        @DefaultValue Redis redis,
        @Nullable String topic,
        @Nullable String source,
        @Nullable String group,
        @Nullable String clientName,
        @DefaultValue("cloudevents") Format format,
        @DefaultValue("8") int concurrency,
        @DefaultValue("250") int prefetch,
        @DefaultValue("1000") int maxInFlight,
        @DefaultValue("30s") Duration confirmTimeout,
        @DefaultValue("25s") Duration shutdownTimeout,
        @DefaultValue Retries retry,
        @DefaultValue Consumers consumers,
        @DefaultValue Processed processed,
        @DefaultValue("true") boolean asyncapi) {

    /// How messages are written. All are read.
    public enum Format {
        /// CloudEvents 1.0 in binary mode.
        CLOUDEVENTS,
        /// JSON with `name`, `data`, `timestamp` and `source`, as older neighbours read it.
        PLAIN
    }

    /// @param bootstrapServers null for `KAFKA_BOOTSTRAP_SERVERS` of the environment
    /// @param properties       of Kafka's own clients, `security.protocol` and the like; what carries a promise
    ///                         (`acks`, commits, …) is as the library has it
    public record Kafka(
            @Nullable String bootstrapServers, @DefaultValue Map<String, String> properties) {}

    /// @param url null for `RABBITMQ_URL` of the environment
    public record Rabbitmq(@Nullable String url) {}

    /// @param url null for `REDIS_URL` of the environment
    public record Redis(@Nullable String url) {}

    /// @param times  how often a failed message is tried again
    /// @param delay  before the first time
    /// @param factor of each delay to the one before
    /// @param cap    no delay is longer
    public record Retries(
            @DefaultValue("3") int times,
            @DefaultValue("2s") Duration delay,
            @DefaultValue("2") double factor,
            @DefaultValue("1m") Duration cap) {}

    /// @param enabled whether this process consumes at all
    /// @param topics  only these; empty for all
    /// @param groups  only these; empty for all
    public record Consumers(
            @DefaultValue("true") boolean enabled,
            @DefaultValue Set<String> topics,
            @DefaultValue Set<String> groups) {}

    /// @param initializeSchema whether the library makes its two tables itself
    public record Processed(@DefaultValue("true") boolean initializeSchema) {}
}
