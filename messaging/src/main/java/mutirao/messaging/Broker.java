package mutirao.messaging;

/// Which broker to use and where it is. A bean of this type beats the property `mutirao.messaging.broker` and the
/// environment.
///
/// @param kind    which
/// @param address `host:port,…` of Kafka, `amqp://…` of RabbitMQ, `redis://…` of Redis, empty for none
public record Broker(Kind kind, String address) {
    /// The brokers there are.
    public enum Kind {
        /// In memory, in this process, with the same semantics: for development and tests.
        NONE,
        /// Apache Kafka.
        KAFKA,
        /// RabbitMQ.
        RABBITMQ,
        /// Redis Streams.
        REDIS
    }

    /// In memory.
    public static Broker none() {
        return new Broker(Kind.NONE, "");
    }

    /// Kafka at its bootstrap servers.
    public static Broker kafka(String bootstrapServers) {
        return new Broker(Kind.KAFKA, bootstrapServers);
    }

    /// RabbitMQ at an `amqp://` or `amqps://` URL.
    public static Broker rabbitmq(String url) {
        return new Broker(Kind.RABBITMQ, url);
    }

    /// Redis at a `redis://` or `rediss://` URL.
    public static Broker redis(String url) {
        return new Broker(Kind.REDIS, url);
    }

    /// Without the credentials that the address may hold.
    @Override
    public String toString() {
        return kind + " " + address.replaceAll("//[^/@]*@", "//***@");
    }
}
