package mutirao.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.DomainEvent;

/// Events being made up, when they happen, and the chances behind them. Not thread-safe.
final class Timeline {
    final SplittableRandom random;
    private final List<Timed> events = new ArrayList<>();

    Timeline(SplittableRandom random) {
        this.random = random;
    }

    /// An event and when it was recorded.
    record Timed(Instant at, DomainEvent event) {}

    /// In the order of their times.
    List<Timed> events() {
        events.sort(Comparator.comparing(Timed::at));
        return events;
    }

    void add(Instant at, DomainEvent event) {
        events.add(new Timed(at, event));
    }

    Instant after(Instant at, int minutes) {
        return at.plusMillis(random.nextLong(1000, minutes * 60_000L));
    }

    /// About a kilometre, in steps of ten metres.
    double near(double degrees) {
        return Math.round((degrees + random.nextDouble(-0.01, 0.01)) * 1e4) / 1e4;
    }

    UUID id() {
        // Version and variant as in a random UUID.
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE);
    }
}
