package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Growing pauses between attempts, from 100 ms to 5 s, that end at once when [#stop] is called. Used by one
/// thread, stopped by any.
final class Pause {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private Duration next = FIRST;

    /// The next pause is the first again.
    void reset() {
        next = FIRST;
    }

    /// @return false when there is nothing to wait for any more
    boolean await() {
        var now = next;
        next = now.multipliedBy(2).compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
        try {
            return !stopped.await(now.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    void stop() {
        stopped.countDown();
    }
}
