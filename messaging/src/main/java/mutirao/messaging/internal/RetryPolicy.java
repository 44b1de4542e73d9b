package mutirao.messaging.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mutirao.messaging.Retry;
import mutirao.messaging.internal.Settings.Retries;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/// What happens when a handler throws.
///
/// @param times     how often it is tried again
/// @param delay     before the first retry
/// @param factor    of each delay to the one before
/// @param cap       no delay is longer
/// @param ordered   whether later messages of the same key wait
/// @param permanent what no retry heals
public record RetryPolicy(
        int times,
        Duration delay,
        double factor,
        Duration cap,
        boolean ordered,
        List<Class<? extends Throwable>> permanent) {

    /// @throws IllegalArgumentException for negative durations or a factor below 1
    public RetryPolicy {
        if (delay.isNegative() || cap.isNegative() || factor < 1 || times < 0) {
            throw new IllegalArgumentException("a retry's delay and cap are not negative, its factor is at least 1: "
                    + delay + ", " + cap + ", " + factor);
        }
    }

    /// Until it succeeds.
    static RetryPolicy forever() {
        return new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), true, List.of());
    }

    /// @param annotation of the handler or its class; null for what the settings say
    static RetryPolicy of(@Nullable Retry annotation, Retries settings) {
        if (annotation == null) {
            return new RetryPolicy(
                    settings.times(), settings.delay(), settings.factor(), settings.cap(), true, List.of());
        }
        return new RetryPolicy(
                annotation.times() < 0 ? settings.times() : annotation.times(),
                duration(annotation.delay(), settings.delay()),
                annotation.factor() == 0 ? settings.factor() : annotation.factor(),
                duration(annotation.cap(), settings.cap()),
                annotation.ordered(),
                List.of(annotation.permanent()));
    }

    private static Duration duration(String text, Duration otherwise) {
        return text.isEmpty() ? otherwise : DurationStyle.detectAndParse(text);
    }

    /// Whether trying again is of no use: the fault itself or what caused it is of a permanent type.
    boolean permanent(Throwable fault) {
        for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
            var thrown = cause;
            if (permanent.stream().anyMatch(type -> type.isInstance(thrown))) {
                return true;
            }
        }
        return false;
    }

    /// The pause before the next try.
    ///
    /// @param failures so far, at least 1
    Duration pauseAfter(int failures) {
        var millis = (double) delay.toMillis() * Math.pow(factor, failures - 1);
        return Duration.ofMillis((long) Math.min(millis, (double) cap.toMillis()));
    }

    /// All pauses, in their order; at most the first ten.
    public List<Duration> pauses() {
        var pauses = new ArrayList<Duration>();
        for (var failures = 1; failures <= Math.min(times, 10); failures++) {
            pauses.add(pauseAfter(failures));
        }
        return pauses;
    }
}
