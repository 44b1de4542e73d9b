package mutirao.auditoria.query;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import mutirao.api.Ocorrido;
import mutirao.platform.eventstore.EventTypes;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where each event stands, who caused it and when it happened: one row per event, without what it says.
@Component
final class AuditoriaProjection implements ReadModel<AuditoriaProjection.Registro> {
    static final Table<Registro> TABLE = Table.of("auditoria", 2, Registro.class)
            .keyed("position")
            .index("newest", "(organization_id, position)")
            .index("aggregate", "(aggregate_id, position)")
            .index("context", "(organization_id, aggregate_type, (-position))")
            .index("type", "(organization_id, type, (-position))")
            .index("user", "(organization_id, user_id, (-position))")
            .index("user_context", "(organization_id, user_id, aggregate_type, (-position))")
            .index("user_type", "(organization_id, user_id, type, (-position))")
            .index("correlation", "(correlation_id, position)")
            .index(
                    "late",
                    "(organization_id, position, occurred_at) where timestamp - occurred_at > interval '1 hour'");

    /// @param position   shown as a [mutirao.platform.eventstore.Position]
    /// @param timestamp  when it was recorded
    /// @param occurredAt when it happened, as its sender says, else when it was recorded
    record Registro(
            @JsonIgnore long position,
            String eventId,
            String type,
            @Nullable String revision,
            String aggregateType,
            UUID aggregateId,
            long version,
            Instant timestamp,
            UUID userId,
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String source,
            Instant occurredAt) {

        /// Whether it was recorded after it had happened.
        boolean late() {
            return occurredAt.isBefore(timestamp);
        }
    }

    private final EventTypes types;

    AuditoriaProjection(EventTypes types) {
        this.types = types;
    }

    @Override
    public Table<Registro> table() {
        return TABLE;
    }

    @Override
    public Object keyOf(RecordedEvent event) {
        return event.meta().position();
    }

    @Override
    public Registro evolve(@Nullable Registro row, RecordedEvent event) {
        var meta = event.meta();
        return new Registro(
                meta.position(),
                meta.eventId(),
                meta.type(),
                meta.revision(),
                meta.aggregateType(),
                meta.aggregateUuid(),
                meta.version(),
                meta.timestamp(),
                meta.userId(),
                meta.correlationId(),
                meta.causationId(),
                meta.source(),
                occurredAt(event));
    }

    /// Only events that can say when they happened are decoded. What cannot be read is audited all the same.
    private Instant occurredAt(RecordedEvent event) {
        var meta = event.meta();
        if (types.classOf(meta.type()).filter(Ocorrido.class::isAssignableFrom).isEmpty()) {
            return meta.timestamp();
        }
        try {
            return event.event() instanceof Ocorrido said
                    ? requireNonNullElse(said.occurredAt(), meta.timestamp())
                    : meta.timestamp();
        } catch (RuntimeException _) { // upcasters and the records' own checks throw what they like
            return meta.timestamp();
        }
    }
}
