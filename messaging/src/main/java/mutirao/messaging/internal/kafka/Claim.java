package mutirao.messaging.internal.kafka;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A partition for as long as it is this process's, and which of its messages are not finished. Messages finish in
/// any order, while Kafka keeps one offset for each partition: that of the first unfinished one, or of what comes
/// after the last. What is finished needs no memory. Thread-safe.
final class Claim {
    /// So many offsets at most lie between the first unfinished message and the last one taken: what is handled
    /// twice when this process dies.
    static final int SPAN = 10_000;

    private final TopicPartition partition;
    private final int window;
    private final int batch;
    private final Runnable room;
    /// By their offsets, in the order they were taken.
    private final LinkedHashSet<Long> unfinished = new LinkedHashSet<>();
    private long next = -1;
    private long committed = -1;
    private boolean paused;
    private boolean awaited;
    private boolean dropped;

    /// @param window so many unfinished messages at most
    /// @param batch  so many more may come after it has said that it is not [#full]
    /// @param room   is called when it is no longer full
    Claim(TopicPartition partition, int window, int batch, Runnable room) {
        this.partition = partition;
        this.window = window;
        this.batch = batch;
        this.room = room;
    }

    TopicPartition partition() {
        return partition;
    }

    /// A message that was taken; [Delivery#done] finishes it.
    synchronized Delivery take(ConsumerRecord<byte[], byte[]> read) {
        unfinished.add(read.offset());
        next = read.offset() + 1;
        return new Taken(Records.wire(read), read.offset());
    }

    /// Everything before was taken, also where there were no messages (the marks of transactions).
    synchronized void reached(long position) {
        if (next >= 0) {
            next = position;
        }
    }

    /// Whether nothing is under way of what was taken.
    synchronized boolean isIdle() {
        return next >= 0 && unfinished.isEmpty();
    }

    /// Whether nothing may be taken now. Once it is full it stays so until there is room for a good deal more:
    /// each change wakes the consumer.
    synchronized boolean full() {
        var limit = paused ? (window - batch) / 2 : window - batch;
        paused = unfinished.size() > limit || span() >= SPAN;
        return paused;
    }

    /// Waits until it is no longer full, but not beyond a time (nanoseconds).
    ///
    /// @return whether it is full
    synchronized boolean fullAt(long end) {
        awaited = true;
        try {
            for (var left = end - System.nanoTime(); full() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited = false;
        }
        return full();
    }

    private long span() {
        return unfinished.isEmpty() ? 0 : next - unfinished.getFirst();
    }

    /// What to commit, when it is not committed yet; it counts as such until [#notCommitted].
    synchronized OptionalLong commit() {
        var offset = unfinished.isEmpty() ? next : unfinished.getFirst();
        if (offset < 0 || offset == committed) {
            return OptionalLong.empty();
        }
        committed = offset;
        return OptionalLong.of(offset);
    }

    /// The last commit failed.
    synchronized void notCommitted() {
        committed = -1;
    }

    /// It is another process's now: what ends later is ignored.
    synchronized void drop() {
        dropped = true;
        unfinished.clear();
    }

    private void finished(long offset) {
        boolean wake;
        synchronized (this) {
            wake = unfinished.remove(offset) && paused && !dropped && !full();
            if (wake && awaited) {
                wake = false;
                notifyAll();
            }
        }
        if (wake) {
            room.run();
        }
    }

    @Override
    public String toString() {
        return partition.toString();
    }

    private final class Taken implements Delivery {
        private final Wire message;
        private final long offset;

        Taken(Wire message, long offset) {
            this.message = message;
            this.offset = offset;
        }

        @Override
        public Wire message() {
            return message;
        }

        @Override
        public String place() {
            return partition + "-" + offset;
        }

        @Override
        public Object partition() {
            return Claim.this;
        }

        @Override
        public void done() {
            finished(offset);
        }
    }
}
