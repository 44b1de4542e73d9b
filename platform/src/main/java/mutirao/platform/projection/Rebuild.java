package mutirao.platform.projection;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a rebuild is going, or went.
///
/// @param processed       events read
/// @param total           events there were when it began
/// @param percent         0–100
/// @param eventsPerSecond since it began
/// @param etaSeconds      until it is done at that rate; null when it cannot be told
/// @param rows            in the new table; null before it is written
/// @param differences     rows that differ between the two tables before the swap; null before they are compared
/// @param error           what failed it
public record Rebuild(
        UUID rebuildId,
        String name,
        State state,
        long processed,
        long total,
        double percent,
        double eventsPerSecond,
        @Nullable Long etaSeconds,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long rows,
        @Nullable Long differences,
        @Nullable String error) {

    /// Whether it runs, and how it ended.
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }
}
