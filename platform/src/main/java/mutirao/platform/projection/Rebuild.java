package mutirao.platform.projection;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a rebuild is going, or went.
///
/// @param phase           what it is doing, or was doing last
/// @param processed       events folded
/// @param total           events there were when it began
/// @param percent         0–100
/// @param eventsPerSecond since it began
/// @param etaSeconds      until the fold is done at that rate; null when it cannot be told
/// @param rows            in the new table; null before it is written
/// @param differences     between the two tables before the swap; null before they are compared, and when there was
///                        nothing to compare with
/// @param error           what failed it
public record Rebuild(
        UUID rebuildId,
        String name,
        State state,
        Phase phase,
        long processed,
        long total,
        double percent,
        double eventsPerSecond,
        @Nullable Long etaSeconds,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long rows,
        @Nullable Differences differences,
        @Nullable String error) {

    /// Whether it runs, and how it ended.
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /// What a rebuild does, in this order.
    public enum Phase {
        /// Reads the store and folds it into a new table.
        FOLD,
        /// Makes the new table's indexes.
        INDEX,
        /// Folds what has come since.
        CATCH_UP,
        /// Compares the new table with the serving one.
        COMPARE,
        /// Puts the new table in the serving one's place.
        SWAP
    }
}
