package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mutirao.messaging.internal.Transport.Receiver;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/// What happens on the thread that polls: messages are handed on, partitions come and go, and before every poll
/// what is finished is committed and what is full is paused. Only [#refuse] and [#leave] are for other threads.
final class Intake
        implements BatchMessageListener<byte[], byte[]>,
                BatchInterceptor<byte[], byte[]>,
                ConsumerAwareRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /// Fast handlers make room sooner than a partition is paused and resumed. All partitions together get this
    /// time, and none that is paused already.
    private static final Duration GRACE = Duration.ofMillis(2);

    private final String name;
    private final int window;
    private final int batch;
    private final Receiver receiver;
    private final Runnable wake;
    private final Commits commits;
    private final Outage outage;
    private final Map<TopicPartition, Claim> claims = new ConcurrentHashMap<>();
    private final Object gate = new Object();
    private boolean refusing;
    private volatile boolean leaving;

    /// @param name   in the log
    /// @param window so many unfinished messages at most for each partition
    /// @param batch  so many messages come from one poll at most
    /// @param wake   ends a poll that is under way, from any thread
    Intake(String name, int window, int batch, Receiver receiver, Runnable wake) {
        this.name = name;
        this.window = window;
        this.batch = batch;
        this.receiver = receiver;
        this.wake = wake;
        this.commits = new Commits(name);
        this.outage = new Outage(name);
    }

    /// Once it returns no message is handed on any more.
    void refuse() {
        synchronized (gate) {
            refusing = true;
        }
    }

    /// What is revoked from now on is so because we go: what runs is not waited for.
    void leave() {
        refuse();
        leaving = true;
    }

    private boolean isRefusing() {
        synchronized (gate) {
            return refusing;
        }
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(this::handOn);
    }

    private void handOn(ConsumerRecord<byte[], byte[]> read) {
        var claim = claims.get(new TopicPartition(read.topic(), read.partition()));
        synchronized (gate) {
            if (refusing || claim == null) {
                return;
            }
            var delivery = claim.take(read);
            try {
                receiver.receive(delivery);
            } catch (RuntimeException e) {
                LOG.error("{}: {} stays unfinished until it is taken again", name, delivery.place(), e);
            }
        }
    }

    @Override
    public @Nullable ConsumerRecords<byte[], byte[]> intercept(
            ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        return records;
    }

    /// Spring calls it before every poll, at least every [KafkaSubscription#POLL].
    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        outage.look(consumer);
        var refused = isRefusing();
        if (commits.areDue()) {
            if (!refused) { // else the position is beyond messages that were not handed on
                commits.advance(consumer, claims.values());
            }
            commits.send(consumer, claims.values());
        }
        throttle(consumer, refused);
    }

    private void throttle(Consumer<?, ?> consumer, boolean all) {
        var paused = consumer.paused();
        var end = System.nanoTime() + GRACE.toNanos();
        for (var claim : claims.values()) {
            if (paused.contains(claim.partition())) {
                if (!all && !claim.full()) {
                    consumer.resume(List.of(claim.partition()));
                }
            } else if (all || claim.fullAt(end)) {
                consumer.pause(List.of(claim.partition()));
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> claims.put(partition, new Claim(partition, window, batch, wake)));
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var revoked = claimed(partitions).toList();
        if (!leaving) {
            revoked.forEach(this::revoke);
        }
        commits.sendAndWait(consumer, revoked);
        drop(revoked);
    }

    /// Another member may have them already, so that nothing is committed.
    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var lost = claimed(partitions).toList();
        drop(lost);
        if (!leaving) {
            lost.forEach(this::revoke);
        }
    }

    private Stream<Claim> claimed(Collection<TopicPartition> partitions) {
        return partitions.stream().map(claims::get).filter(Objects::nonNull);
    }

    private void revoke(Claim claim) {
        try {
            receiver.revoke(claim);
        } catch (RuntimeException e) {
            LOG.error("{}: {} is another member's now, its receiver failed", name, claim, e);
        }
    }

    private void drop(List<Claim> dropped) {
        for (var claim : dropped) {
            claim.drop();
            claims.remove(claim.partition());
        }
    }
}
