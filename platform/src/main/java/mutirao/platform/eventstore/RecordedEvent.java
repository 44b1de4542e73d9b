package mutirao.platform.eventstore;

import java.util.function.Supplier;
import mutirao.api.DomainEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

/// An event as it was read from the store. Its payload is decoded when it is first asked for, once for all who ask.
/// Thread-safe.
public final class RecordedEvent {
    private final EventMeta meta;
    private final Supplier<String> json;
    private final @Nullable Supplier<DomainEvent> decoder;
    private volatile @Nullable DomainEvent event;

    /// @param json    the payload as it is stored
    /// @param decoder reads it; null when this version of the program has no class for it
    RecordedEvent(EventMeta meta, Supplier<String> json, @Nullable Supplier<DomainEvent> decoder) {
        this.meta = meta;
        this.json = json;
        this.decoder = decoder;
    }

    /// @param stored   the name and revision it is stored under
    /// @param position its place in the global order
    static RecordedEvent of(
            long position, SerializedType stored, Supplier<String> json, DomainEventMessage<?> message) {
        var known = message.getPayloadType() != UnknownSerializedType.class;
        return new RecordedEvent(
                EventMeta.of(position, stored, message), json, known ? () -> (DomainEvent) message.getPayload() : null);
    }

    /// What is known of it beside what it says.
    public EventMeta meta() {
        return meta;
    }

    /// Whether this version of the program has a class for it.
    public boolean known() {
        return decoder != null;
    }

    /// What it says.
    ///
    /// @throws RuntimeException when this version has no class for it or the stored JSON does not fit the class
    public DomainEvent event() {
        var decoded = event;
        if (decoded == null) {
            if (decoder == null) {
                throw new IllegalStateException("this version does not know " + this);
            }
            decoded = decoder.get();
            event = decoded;
        }
        return decoded;
    }

    /// What it says, as the JSON that is stored.
    public String json() {
        return json.get();
    }

    @Override
    public String toString() {
        return meta.type() + "@" + meta.position();
    }
}
