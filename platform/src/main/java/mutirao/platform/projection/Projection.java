package mutirao.platform.projection;

import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/// A read model as a value, in one file: a table, a key and a pure fold. Changing one is changing its declaration or
/// `evolve`, and raising the table's version.
///
/// @param <E> the events it folds: one context's, or [DomainEvent] where it folds several contexts'
/// @param <R> its row
public interface Projection<E extends DomainEvent, R extends Record> extends ReadModel<R> {
    /// As [#keyOf(RecordedEvent)]: the event's own aggregate, unless a projection says otherwise.
    default @Nullable Object keyOf(E event, EventMeta meta) {
        return event.id().value();
    }

    /// As [#evolve(Record, RecordedEvent)].
    @Nullable
    R evolve(@Nullable R row, E event, EventMeta meta);

    /// As [#next(Record, RecordedEvent)].
    default @Nullable R next(@Nullable R row, E event, EventMeta meta) {
        return Head.of(table()).on(evolve(row, event, meta), row, () -> keyOf(event, meta), meta);
    }

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
