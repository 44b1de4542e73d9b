package mutirao.platform.eventstore;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the events can be read, wherever they are.
final class EventLogHealth implements HealthIndicator {
    private final Tail tail;

    EventLogHealth(Tail tail) {
        this.tail = tail;
    }

    @Override
    public Health health() {
        return (tail.readable() ? Health.up() : Health.down()).build();
    }
}
