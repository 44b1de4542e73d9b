package mutirao.platform.rest;

import java.time.Duration;

/// Whether somebody is being served, so that work in the background can make room. Watching that work does not count.
/// Thread-safe.
public final class Traffic {
    private volatile long last = System.nanoTime() - Duration.ofDays(1).toNanos();

    Traffic() {}

    void served() {
        last = System.nanoTime();
    }

    /// Whether a request came in that time until now.
    public boolean within(Duration time) {
        return System.nanoTime() - last < time.toNanos();
    }
}
