package mutirao.platform.eventstore;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A position that only grows and can be waited for. Thread-safe.
public final class Reached {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long position;

    /// Where it is.
    public long get() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /// Lets it grow; a smaller value changes nothing.
    public void set(long now) {
        lock.lock();
        try {
            if (now > position) {
                position = now;
                grown.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it is there.
    ///
    /// @return whether it got there in time
    /// @throws InterruptedException when the waiting thread is told to stop
    public boolean await(long wanted, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            var left = timeout.toNanos();
            while (position < wanted && left > 0) {
                left = grown.awaitNanos(left);
            }
            return position >= wanted;
        } finally {
            lock.unlock();
        }
    }
}
