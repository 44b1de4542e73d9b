package mutirao.platform.projection;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.projection.Rebuilder.Cancelled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a running rebuild is. Told to the database and the log by a thread of its own, which also hears there
/// whether somebody wants it to stop, and then breaks off whatever statement runs.
final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration TELL = Duration.ofMillis(250);
    private static final int LOG_EVERY = 20;

    private final UUID id;
    private final String projection;
    private final Rebuilds rebuilds;
    private final Session session;
    private final Thread teller;
    private volatile Phase phase = Phase.FOLD;
    private final AtomicLong processed = new AtomicLong();
    private volatile @Nullable Long rows;
    private volatile @Nullable Differences differences;
    private volatile boolean cancelled;
    private volatile boolean over;

    Progress(UUID id, String projection, Rebuilds rebuilds, Session session) {
        this.id = id;
        this.projection = projection;
        this.rebuilds = rebuilds;
        this.session = session;
        this.teller = Thread.ofVirtual().name("rebuild-progress").start(this::tell);
    }

    private void tell() {
        for (int n = 1; !over; n++) {
            LockSupport.parkNanos(TELL.toNanos());
            try {
                // Again and again: it may have come between two statements.
                if (!over && (cancelled || rebuilds.note(id, projection, phase, processed.get()))) {
                    cancel();
                }
                if (n % LOG_EVERY == 0) {
                    LOG.info("{}: rebuilding, {}, {} events", projection, phase, processed.get());
                }
            } catch (RuntimeException e) { // whatever is wrong with telling, the rebuild goes on
                LOG.debug("{}: progress not told", projection, e);
            }
        }
    }

    /// Makes the rebuild stop at once.
    synchronized void cancel() {
        cancelled = true;
        if (!over) {
            session.interrupt();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    void enter(Phase next) {
        check();
        phase = next;
    }

    void folded(int events) {
        processed.addAndGet(events);
        check();
    }

    void rows(long count) {
        rows = count;
    }

    void differences(Differences found) {
        differences = found;
    }

    /// @throws Cancelled when it shall stop
    void check() {
        if (cancelled) {
            throw new Cancelled();
        }
    }

    /// Waits a little.
    ///
    /// @throws Cancelled when it shall stop
    void rest(Duration time) {
        check();
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        }
    }

    /// Tells the end. If it cannot be told, whoever looks after the dead will.
    void finish(State state, @Nullable String error) {
        close();
        try {
            rebuilds.finish(id, projection, state, phase, processed.get(), rows, differences, error);
        } catch (RuntimeException e) { // whatever is wrong with telling, the rebuild has ended
            LOG.warn("{}: its end, {}, is not told", projection, state, e);
        }
    }

    /// From now on nothing is told, and no statement broken off.
    @Override
    public synchronized void close() {
        over = true;
        LockSupport.unpark(teller);
    }
}
