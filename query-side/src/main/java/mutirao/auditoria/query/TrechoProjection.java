package mutirao.auditoria.query;

import java.time.Instant;
import mutirao.auditoria.query.TrechoProjection.Trecho;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Between which times each stretch of the log was recorded, so that a time can be turned into a position, also where
/// clocks differed and the order of times is not that of positions.
@Component
final class TrechoProjection implements ReadModel<Trecho> {
    /// Positions in a stretch.
    static final long SIZE = 2000;

    static final Table<Trecho> TABLE =
            Table.of("auditoria_trecho", 1, Trecho.class).keyed("number");

    /// @param number   positions from `number * SIZE` on
    /// @param earliest the least time of its events
    /// @param latest   the greatest
    record Trecho(long number, Instant earliest, Instant latest) {}

    @Override
    public Table<Trecho> table() {
        return TABLE;
    }

    @Override
    public Object keyOf(RecordedEvent event) {
        return event.meta().position() / SIZE;
    }

    @Override
    public Trecho evolve(@Nullable Trecho row, RecordedEvent event) {
        var time = event.meta().timestamp();
        return new Trecho(
                event.meta().position() / SIZE,
                row != null && row.earliest().isBefore(time) ? row.earliest() : time,
                row != null && row.latest().isAfter(time) ? row.latest() : time);
    }
}
