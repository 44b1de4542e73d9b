package mutirao.platform.projection;

import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import org.jspecify.annotations.Nullable;

/// A read model as a value: a table, a key and a pure fold. Changing one is changing its row and `evolve`, raising the
/// table's version and adding the DDL.
///
/// @param <E> the events it folds: one context's, or [DomainEvent] where it folds several contexts'
/// @param <R> its row
public interface Projection<E extends DomainEvent, R extends Record> {
    /// Where its rows lie.
    Table<R> table();

    /// The contexts whose events it folds; empty for all.
    Set<String> contexts();

    /// The key of the row that an event concerns, of the type of the table's key column; null when it concerns none.
    @Nullable
    Object keyOf(E event, EventMeta meta);

    /// The row after an event. Pure: the same row and event give the same row, whenever and however often.
    ///
    /// @param row null while there is none
    /// @return null to have none
    @Nullable
    R evolve(@Nullable R row, E event, EventMeta meta);
}
