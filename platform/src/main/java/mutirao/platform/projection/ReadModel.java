package mutirao.platform.projection;

import mutirao.platform.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;

/// What the kernel runs: a table, and how an event changes the row that it concerns. Most are a [Projection]; one that
/// needs only what is known of an event, not what it says, implements this directly and spares its decoding.
///
/// @param <R> its row
public interface ReadModel<R extends Record> {
    /// Where its rows lie, and whose events they are folded from.
    Table<R> table();

    /// The key of the row that an event concerns, of the type of the table's key column; null when it concerns none.
    @Nullable
    Object keyOf(RecordedEvent event);

    /// What a row says after an event; its [Head] need not be filled. Pure: the same row and event give the same row,
    /// whenever and however often.
    ///
    /// @param row null while there is none
    /// @return null to have none
    @Nullable
    R evolve(@Nullable R row, RecordedEvent event);

    /// The row after an event: evolved, with its head.
    ///
    /// @param row null while there is none
    /// @return null when there is none any more
    default @Nullable R next(@Nullable R row, RecordedEvent event) {
        return Head.of(table()).on(evolve(row, event), row, () -> keyOf(event), event.meta());
    }
}
