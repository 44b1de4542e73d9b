package mutirao.platform.projection;

import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/// What the kernel runs: a table, and how an event changes the row that it concerns. Most are a [Projection]; one that
/// needs only what is known of an event, not what it says, implements this directly and spares its decoding.
///
/// @param <R> its row
public interface ReadModel<R extends Record> {
    /// Where its rows lie.
    Table<R> table();

    /// The contexts whose events it folds; empty for all.
    default Set<String> contexts() {
        return Set.of();
    }

    /// The key of the row that an event concerns, of the type of the table's key column; null when it concerns none.
    @Nullable
    Object keyOf(RecordedEvent event);

    /// The row after an event. Pure: the same row and event give the same row, whenever and however often.
    ///
    /// @param row null while there is none
    /// @return null to have none
    @Nullable
    R evolve(@Nullable R row, RecordedEvent event);
}
