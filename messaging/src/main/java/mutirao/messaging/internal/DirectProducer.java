package mutirao.messaging.internal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import mutirao.messaging.Message;
import mutirao.messaging.Producer;
import org.jspecify.annotations.Nullable;

/// Publishes over the transport.
final class DirectProducer implements Producer {
    /// The correlation id of the message that is being handled.
    private static final ScopedValue<String> CAUSE = ScopedValue.newInstance();

    private final Codec codec;
    private final Outbox outbox;
    private final String topic;
    private final String source;
    private final Clock clock;

    /// @param topic  the default one
    /// @param source who publishes
    DirectProducer(Codec codec, Outbox outbox, String topic, String source, Clock clock) {
        this.codec = codec;
        this.outbox = outbox;
        this.topic = topic;
        this.source = source;
        this.clock = clock;
    }

    /// Handles a message, so that what is made on this thread meanwhile shares its correlation id; its id if it has
    /// none.
    ///
    /// @throws Exception what handling throws
    static boolean causedBy(Message<?> message, Callable<Boolean> handle) throws Exception {
        var cause = message.correlationId() == null ? message.id() : message.correlationId();
        return ScopedValue.where(CAUSE, cause).call(handle::call);
    }

    @Override
    public CompletableFuture<Void> send(Message<?> message) {
        return outbox.send(codec.write(message));
    }

    @Override
    public <T> Message<T> message(@Nullable String topic, String name, @Nullable String key, T data) {
        return new Message<>(
                topic == null ? this.topic : topic,
                UUID.randomUUID().toString(),
                name,
                key,
                data,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                source,
                CAUSE.isBound() ? CAUSE.get() : null,
                Map.of());
    }
}
