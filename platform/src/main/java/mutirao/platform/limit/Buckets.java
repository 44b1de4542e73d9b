package mutirao.platform.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/// A bucket for each key, which is forgotten once it is full again. Thread-safe.
///
/// @param <K> whom things are charged to
final class Buckets<K> {
    /// Of so many keys at most, some 30 MiB; with more of them, those seen least start anew.
    static final int MOST = 100_000;

    private final LoadingCache<K, Bucket> buckets;

    Buckets(Rate rate, TimeMeter clock) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(rate.filling())
                .ticker(clock::currentTimeNanos)
                .build(_ -> rate.bucket(clock));
    }

    /// Takes one, if there is one.
    ///
    /// @return how long until there is one again; empty when it was taken
    Optional<Duration> take(K key) {
        var taken = buckets.get(key).tryConsumeAndReturnRemaining(1);
        return taken.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(taken.getNanosToWaitForRefill()));
    }

    /// Looks whether there is one.
    ///
    /// @return how long until there is; empty when there is
    Optional<Duration> look(K key) {
        var seen = buckets.get(key).estimateAbilityToConsume(1);
        return seen.canBeConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(seen.getNanosToWaitForRefill()));
    }

    /// How many keys are remembered.
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
