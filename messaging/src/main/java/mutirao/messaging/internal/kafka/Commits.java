package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the broker up to where everything is finished. Used by the thread that polls.
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    /// What a crash repeats is at most what was finished in this time, and each commit costs the broker a write.
    private static final Duration EVERY = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private long last = System.nanoTime();

    Commits(String name) {
        this.name = name;
    }

    /// Whether it is time; then not again for a while.
    boolean areDue() {
        var now = System.nanoTime();
        if (now - last < EVERY.toNanos()) {
            return false;
        }
        last = now;
        return true;
    }

    /// Where nothing is under way, everything before the consumer's position is finished, the marks of transactions
    /// too, which are never delivered.
    void advance(Consumer<?, ?> consumer, Collection<Claim> claims) {
        for (var claim : claims) {
            if (claim.isIdle()) {
                try {
                    claim.reached(consumer.position(claim.partition(), Duration.ZERO));
                } catch (TimeoutException e) {
                    LOG.trace("{}: the position of {} is being verified", name, claim, e);
                }
            }
        }
    }

    /// Sends what is new; what fails is sent again the next time.
    void send(Consumer<?, ?> consumer, Collection<Claim> claims) {
        var offsets = offsets(claims);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitAsync(offsets, (_, failure) -> {
                if (failure != null) {
                    failed(claims, failure);
                }
            });
        } catch (KafkaException e) {
            failed(claims, e);
        }
    }

    private void failed(Collection<Claim> claims, Exception e) {
        LOG.debug("{}: not committed, trying again", name, e);
        claims.forEach(Claim::notCommitted);
    }

    /// Sends all there is and waits for the answer, up to 5 s. Without one the messages are delivered again.
    void sendAndWait(Consumer<?, ?> consumer, Collection<Claim> claims) {
        claims.forEach(Claim::notCommitted);
        var offsets = offsets(claims);
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!offsets.isEmpty() && System.nanoTime() < end) {
            try {
                consumer.commitSync(offsets, PATIENCE);
                return;
            } catch (WakeupException e) {
                LOG.trace("{}: woken while committing", name, e);
            } catch (KafkaException e) {
                LOG.warn("{}: what is finished may come again, not committed: {}", name, e.toString());
                return;
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Collection<Claim> claims) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var claim : claims) {
            claim.commit().ifPresent(offset -> offsets.put(claim.partition(), new OffsetAndMetadata(offset)));
        }
        return offsets;
    }
}
