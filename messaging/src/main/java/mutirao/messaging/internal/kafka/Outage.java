package mutirao.messaging.internal.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that the broker is away, once a minute, and that it is back. Used by one thread.
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int LOOKS_PER_LINE = 12;

    private final String name;
    private long lastLook = System.nanoTime();
    private int missed;

    Outage(String name) {
        this.name = name;
    }

    void look(Consumer<?, ?> consumer) {
        if (System.nanoTime() - lastLook < LOOK_EVERY.toNanos()) {
            return;
        }
        lastLook = System.nanoTime();
        if (connections(consumer) == 0) {
            if (missed++ % LOOKS_PER_LINE == 0) {
                LOG.warn("{}: no connection to Kafka, trying on", name);
            }
        } else if (missed > 0) {
            missed = 0;
            LOG.info("{}: connected to Kafka again", name);
        }
    }

    private static long connections(Consumer<?, ?> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }
}
