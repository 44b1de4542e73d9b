package mutirao.auditoria.query;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where each event stands and who caused it: one row per event, without what it says.
@Component
final class AuditoriaProjection implements ReadModel<AuditoriaProjection.Registro> {
    static final Table<Registro> TABLE =
            Table.of("auditoria", 1, Registro.class).keyed("position");

    record Registro(
            long position,
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
            @Nullable String source) {}

    @Override
    public Table<Registro> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of();
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
                meta.source());
    }
}
