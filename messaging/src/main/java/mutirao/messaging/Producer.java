package mutirao.messaging;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Publishes messages. Thread-safe. What it promises: a message whose future has completed is where its broker
/// keeps what it has confirmed (Kafka: all in-sync replicas; RabbitMQ: confirmed, and routed to somebody's queue;
/// Redis: added to the stream). When it cannot promise that it fails, and whoever published knows.
public interface Producer {
    /// Publishes one message. Messages of one topic and key that are sent one after the other are consumed in that
    /// order. While the broker is away they wait for it. While so many are unconfirmed that memory would fill
    /// (`mutirao.messaging.max-in-flight`), it waits before it takes another.
    ///
    /// What depends on the confirmation may run on the thread that all confirmations come on: it must not keep it.
    ///
    /// @return completes when the broker has confirmed it; with [NotConfirmed] when it has not within
    ///         `mutirao.messaging.confirm-timeout`, and then it may or may not have arrived: send it again under
    ///         the same id
    /// @throws NotConfirmed             when no room came free within that time; it was not sent
    /// @throws IllegalArgumentException when its data cannot be written as JSON
    CompletableFuture<Void> send(Message<?> message);

    /// A message from this application, now, under a new id. Made on the thread that handles another message, it
    /// has that one's correlation id (its id, if it has none); otherwise none.
    ///
    /// @param topic where to; null for `mutirao.messaging.topic`
    /// @param key   null for none
    <T> Message<T> message(@Nullable String topic, String name, @Nullable String key, T data);

    /// Publishes to the default topic and waits for the confirmation.
    ///
    /// @throws NotConfirmed             as [#send]
    /// @throws IllegalArgumentException as [#send]
    default void publish(String name, Object data) {
        publish(null, name, null, data);
    }

    /// Publishes and waits for the confirmation.
    ///
    /// @param topic null for the default topic
    /// @param key   null for none
    /// @throws NotConfirmed             as [#send]
    /// @throws IllegalArgumentException as [#send]
    default void publish(@Nullable String topic, String name, @Nullable String key, Object data) {
        NotConfirmed.await(send(message(topic, name, key, data)));
    }
}
