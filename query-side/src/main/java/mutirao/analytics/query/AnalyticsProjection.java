package mutirao.analytics.query;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import mutirao.analytics.api.Contagem;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How often each kind of event has happened: one row for each kind and organization. It takes every event of every
/// context, also of contexts that come after it.
@Component
final class AnalyticsProjection implements ReadModel<Contagem> {
    static final Table<Contagem> TABLE = Table.of("analytics", 1, Contagem.class);

    @Override
    public Table<Contagem> table() {
        return TABLE;
    }

    @Override
    public Object keyOf(RecordedEvent event) {
        var meta = event.meta();
        return UUID.nameUUIDFromBytes((meta.organizationId() + " " + meta.type()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Contagem evolve(@Nullable Contagem row, RecordedEvent event) {
        var meta = event.meta();
        return row == null
                ? new Contagem(
                        (UUID) keyOf(event), meta.aggregateType(), meta.type(), 1, meta.timestamp(), meta.timestamp())
                : new Contagem(
                        row.id(), row.category(), row.action(), row.count() + 1, row.createdAt(), meta.timestamp());
    }
}
