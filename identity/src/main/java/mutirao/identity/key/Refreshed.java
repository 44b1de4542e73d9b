package mutirao.identity.key;

import com.nimbusds.jose.KeySourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys as they were last read from the database, which is asked beside the requests that use them: with it away the
/// known ones go on. Whoever misses one waits for the database, since only that can tell whether there is none.
/// Thread-safe.
final class Refreshed<T> {
    /// How old what is known may be.
    static final Duration FRESH = Duration.ofMinutes(1);
    /// A key that is not known is looked for no more often.
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// How long whoever misses one waits.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Logger log = LoggerFactory.getLogger(Refreshed.class);

    private final Supplier<T> source;
    private final Clock clock;
    private final AtomicReference<@Nullable CompletableFuture<Seen<T>>> reading = new AtomicReference<>();
    private volatile @Nullable Seen<T> seen;
    private volatile boolean away;

    /// @param at when its reading began
    private record Seen<T>(T value, Instant at) {}

    /// @param source reads them
    /// @param clock  says how old they are
    Refreshed(Supplier<T> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// As last read; reads them only if nobody has yet.
    T get() {
        var last = seen;
        return last == null ? read().value() : last.value();
    }

    /// What is found among them, read again for it if it is not.
    ///
    /// @throws KeySourceException when it is not known and the database does not tell
    <R> List<R> find(Function<T, List<R>> among) throws KeySourceException {
        var last = seen;
        var found = last == null ? List.<R>of() : among.apply(last.value());
        return found.isEmpty() ? among.apply(since(clock.instant().minus(PAUSE))) : found;
    }

    /// Has them read again when they are old, and does not wait.
    void refresh() {
        if (isOlder(seen, clock.instant().minus(FRESH))) {
            var _ = reading();
        }
    }

    private T since(Instant moment) throws KeySourceException {
        var last = seen;
        if (last != null && !isOlder(last, moment)) {
            return last.value();
        }
        try {
            return reading().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).value();
        } catch (ExecutionException e) {
            throw new KeySourceException("the keys cannot be read", e.getCause());
        } catch (TimeoutException e) {
            throw new KeySourceException("the keys are not read in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("interrupted", e);
        }
    }

    private static boolean isOlder(@Nullable Seen<?> seen, Instant moment) {
        return seen == null || seen.at().isBefore(moment);
    }

    /// The reading that is under way, begun if there is none.
    private CompletableFuture<Seen<T>> reading() {
        var mine = new CompletableFuture<Seen<T>>();
        var other = reading.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        Thread.ofVirtual().name("signing-keys").start(() -> {
            try {
                mine.complete(read());
                noteBack();
            } catch (RuntimeException e) {
                noteAway(e);
                mine.completeExceptionally(e);
            } finally {
                reading.set(null);
            }
        });
        return mine;
    }

    private Seen<T> read() {
        var now = clock.instant();
        var read = new Seen<>(source.get(), now);
        seen = read;
        return read;
    }

    private void noteAway(RuntimeException e) {
        if (!away) {
            log.warn("The signing keys cannot be read again, the known ones are used", e);
        }
        away = true;
    }

    private void noteBack() {
        if (away) {
            log.info("The signing keys are read again");
        }
        away = false;
    }
}
