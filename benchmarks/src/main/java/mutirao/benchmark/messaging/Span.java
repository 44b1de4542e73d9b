package mutirao.benchmark.messaging;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// From the first of some messages to the last: what comes before the first, finding one's partitions and the like,
/// is not the rate at which messages are taken. Thread-safe.
final class Span {
    private final AtomicLong first = new AtomicLong();
    private final CountDownLatch left;
    private final int count;
    private volatile long last;

    Span(int count) {
        this.count = count;
        this.left = new CountDownLatch(count);
    }

    /// One has been taken.
    void one() {
        first.compareAndSet(0, System.nanoTime());
        last = System.nanoTime();
        left.countDown();
    }

    /// Waits for the last.
    ///
    /// @return messages a second
    double rate() throws InterruptedException {
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " of " + count + " messages are missing");
        }
        return (count - 1) / ((last - first.get()) / 1e9);
    }
}
