package mutirao.platform.eventstore;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The live end of the event log: one thread that looks how far it can be read whenever it is woken, and readers that
/// wait for it. Commits of this process and notifications of others wake it; it looks by itself now and then, because a
/// wake-up can be lost and the table cannot.
public final class Tail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration GAP = Duration.ofMillis(5);
    /// Between two looks: under load many commits are seen with one.
    private static final Duration BREATH = Duration.ofMillis(4);
    /// The same after a look that has seen [#MANY] new events.
    private static final Duration DEEP_BREATH = Duration.ofMillis(12);

    private static final int MANY = 5;

    /// The pause while the log cannot be read doubles up to this.
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(1);
    /// A look that has not ended for so long will not.
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final LongSupplier horizon;
    private final BooleanSupplier gap;
    private final Duration poll;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Reached reached = new Reached();
    private final CountDownLatch seen = new CountDownLatch(1);
    private boolean wake;
    private volatile boolean running;
    private volatile boolean fault;
    /// When a look ended last, in nanoseconds of the JVM's own clock.
    private volatile long lookedAt = System.nanoTime();
    private Thread thread = new Thread();

    /// @param horizon looks how far the log can be read
    /// @param gap     whether it stopped at a gap, so that it is worth looking again soon
    /// @param poll    how often to look unasked
    Tail(LongSupplier horizon, BooleanSupplier gap, Duration poll) {
        this.horizon = horizon;
        this.gap = gap;
        this.poll = poll;
    }

    /// Says that there may be new events. Never blocks for long.
    public void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /// How far the log can be read, as last seen.
    public long reached() {
        return reached.get();
    }

    /// Waits until the log can be read up to a position.
    ///
    /// @return whether it can be, before the time ran out
    /// @throws InterruptedException when the waiting thread is told to stop
    public boolean await(long position, Duration timeout) throws InterruptedException {
        return reached.await(position, timeout);
    }

    /// Whether the log could be read when it was looked at last, a moment ago.
    boolean readable() {
        return !fault && System.nanoTime() - lookedAt < STUCK.toNanos();
    }

    private void follow() {
        var pause = poll;
        while (running) {
            try {
                look();
                pause = poll;
                rest(gap.getAsBoolean() ? GAP : poll);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                faulty(e);
                pause = pause.compareTo(LONGEST_FAULT) < 0 ? pause.multipliedBy(2) : LONGEST_FAULT;
                if (!slept(pause)) {
                    return;
                }
            }
        }
    }

    private void look() throws InterruptedException {
        var before = reached.get();
        reached.set(horizon.getAsLong());
        lookedAt = System.nanoTime();
        if (fault) {
            fault = false;
            LOG.info("the event log can be read again");
        }
        seen.countDown();
        TimeUnit.NANOSECONDS.sleep((reached.get() - before < MANY ? BREATH : DEEP_BREATH).toNanos());
    }

    private void faulty(RuntimeException e) {
        lookedAt = System.nanoTime();
        if (!fault && running) {
            fault = true;
            LOG.warn("the event log cannot be read, looking again until it can", e);
        }
    }

    private static boolean slept(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void rest(Duration time) throws InterruptedException {
        lock.lock();
        try {
            var left = time.toNanos();
            while (!wake && left > 0) {
                left = woken.awaitNanos(left);
            }
            wake = false;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when the log has been read once: what is started after it may read it too.
    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("event-tail").start(this::follow);
        try {
            seen.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before the event log could be read", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Before whatever follows it, so that it ends after them.
    public static final int PHASE = 100;
}
