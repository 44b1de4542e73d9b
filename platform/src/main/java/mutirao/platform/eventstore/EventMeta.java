package mutirao.platform.eventstore;

import java.time.Instant;
import java.util.UUID;
import mutirao.api.Actors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.jspecify.annotations.Nullable;

/// What is known of an event beside what it says.
///
/// @param position      its place in the global order, from 1
/// @param type          its stored name
/// @param revision      of its JSON
/// @param aggregateType the context it happened in
/// @param aggregateId   the aggregate's identifier in the store, `<context>-<uuid>`
/// @param version       its place in the aggregate's own order, from 0
/// @param timestamp     when it was recorded
/// @param correlationId what one request from outside caused shares it
/// @param causationId   the message that caused it
/// @param source        `rest`, `console`, `consumer:<group>`, `saga:<name>` or `job:<name>`
public record EventMeta(
        long position,
        String eventId,
        String type,
        @Nullable String revision,
        String aggregateType,
        String aggregateId,
        long version,
        Instant timestamp,
        UUID userId,
        UUID organizationId,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String source) {

    static EventMeta of(long position, SerializedType stored, DomainEventMessage<?> event) {
        var data = event.getMetaData();
        return new EventMeta(
                position,
                event.getIdentifier(),
                stored.getName(),
                stored.getRevision(),
                event.getType(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getTimestamp(),
                uuid(data, "userId", Actors.system("unknown")),
                organization(data),
                (String) data.get("correlationId"),
                (String) data.get("causationId"),
                (String) data.get("source"));
    }

    static UUID organization(MetaData data) {
        return uuid(data, "organizationId", Actors.ORGANIZATION);
    }

    private static UUID uuid(MetaData data, String key, UUID otherwise) {
        return data.get(key) instanceof String text ? UUID.fromString(text) : otherwise;
    }

    /// The aggregate's UUID.
    public UUID aggregateUuid() {
        return UUID.fromString(aggregateId.substring(aggregateType.length() + 1));
    }
}
