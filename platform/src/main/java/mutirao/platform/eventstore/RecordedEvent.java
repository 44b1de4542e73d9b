package mutirao.platform.eventstore;

import mutirao.api.DomainEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;

/// An event as it was read from the store. Its payload is decoded when it is first asked for.
public final class RecordedEvent {
    private final EventMeta meta;
    private final DomainEventMessage<?> message;

    private RecordedEvent(EventMeta meta, DomainEventMessage<?> message) {
        this.meta = meta;
        this.message = message;
    }

    /// @param stored   the name and revision it is stored under
    /// @param position its place in the global order
    static RecordedEvent of(long position, SerializedType stored, DomainEventMessage<?> message) {
        return new RecordedEvent(EventMeta.of(position, stored, message), message);
    }

    /// What is known of it beside what it says.
    public EventMeta meta() {
        return meta;
    }

    /// Whether this version of the program has a class for it.
    public boolean known() {
        return message.getPayloadType() != UnknownSerializedType.class;
    }

    /// What it says.
    ///
    /// @throws org.axonframework.serialization.SerializationException when the stored JSON does not fit the class
    public DomainEvent event() {
        return (DomainEvent) message.getPayload();
    }

    @Override
    public String toString() {
        return meta.type() + "@" + meta.position();
    }
}
