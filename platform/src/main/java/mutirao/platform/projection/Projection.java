package mutirao.platform.projection;

import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/// A read model as a value: a table, a key and a pure fold. Changing one is changing its row and `evolve`, raising the
/// table's version and adding the DDL.
///
/// @param <E> the events it folds: one context's, or [DomainEvent] where it folds several contexts'
/// @param <R> its row
public interface Projection<E extends DomainEvent, R extends Record> extends ReadModel<R> {
    /// Those of `E`: it has to say which, since it is handed no other event.
    @Override
    Set<String> contexts();

    /// As [#keyOf(RecordedEvent)].
    @Nullable
    Object keyOf(E event, EventMeta meta);

    /// As [#evolve(Record, RecordedEvent)].
    @Nullable
    R evolve(@Nullable R row, E event, EventMeta meta);

    @Override
    @SuppressWarnings("unchecked") // the kernel hands it the events of its own contexts only
    default @Nullable Object keyOf(RecordedEvent event) {
        return keyOf((E) event.event(), event.meta());
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    default @Nullable R evolve(@Nullable R row, RecordedEvent event) {
        return evolve(row, (E) event.event(), event.meta());
    }
}
