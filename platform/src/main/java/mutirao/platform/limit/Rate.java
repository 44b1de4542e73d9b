package mutirao.platform.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/// A bucket that is full at first, gives one for each thing done, and is filled again evenly.
///
/// @param burst what a full one holds, 1 or more
/// @param most  what comes back in `per`, 1 or more
record Rate(long burst, long most, Duration per) {
    Bucket bucket(TimeMeter clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(most, per))
                .withCustomTimePrecision(clock)
                .build();
    }

    /// How long an empty one takes to be full, or a little longer.
    Duration filling() {
        return per.multipliedBy(burst).dividedBy(most).plusMillis(1);
    }
}
