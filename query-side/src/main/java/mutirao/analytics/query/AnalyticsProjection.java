package mutirao.analytics.query;

import io.soabase.recordbuilder.core.RecordBuilder;
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
@RecordBuilder.Include(Contagem.class)
final class AnalyticsProjection implements ReadModel<Contagem> {
    static final Table<Contagem> TABLE =
            Table.of("analytics", 1, Contagem.class).index("newest", "(organization_id, created_at, id)");

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
        return row == null
                ? ContagemBuilder.builder()
                        .category(event.meta().aggregateType())
                        .action(event.meta().type())
                        .count(1)
                        .build()
                : ContagemBuilder.builder(row).count(row.count() + 1).build();
    }
}
