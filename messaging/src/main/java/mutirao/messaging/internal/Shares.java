package mutirao.messaging.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Divides the [Partitions] of one topic evenly among the members of a group, where the broker does not do it
/// itself. Every member looks at the [Ledger] again and again, takes what is free up to its share, and gives back
/// what it has beyond.
public final class Shares implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shares.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String name;
    private final Ledger ledger;
    private final Set<Integer> held = Collections.synchronizedSet(new TreeSet<>());
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /// What the broker knows of who has what. Every method may throw when the broker is away.
    public interface Ledger {
        /// Says that this member is there, and keeps what it holds its own.
        ///
        /// @return those of `held` that are no longer this member's
        Set<Integer> renew(Set<Integer> held);

        /// How many members there are, this one included; at least 1.
        int members();

        /// The partitions that nobody has.
        List<Integer> free();

        /// Takes one and begins to deliver its messages.
        ///
        /// @return false when somebody was faster
        boolean take(int partition);

        /// Stops delivering one, waits for what runs, and lets others have it.
        void give(int partition);
    }

    /// @param name of its thread, and in the log
    public Shares(String name, Ledger ledger) {
        this.name = name;
        this.ledger = ledger;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /// The partitions it has now.
    public Set<Integer> held() {
        synchronized (held) {
            return Set.copyOf(held);
        }
    }

    private void run() {
        var pause = PAUSE;
        try {
            do {
                try {
                    balance();
                    pause = PAUSE;
                } catch (RuntimeException e) {
                    pause = longer(pause);
                    LOG.warn("{}: trying again in {} ms: {}", name, pause.toMillis(), e.toString());
                }
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("{}: stopped", name);
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private void balance() {
        held.removeAll(ledger.renew(held()));
        var share = Math.ceilDiv(Partitions.COUNT, Math.max(1, ledger.members()));
        for (var surplus : held().stream().sorted().skip(share).toList()) {
            held.remove(surplus);
            ledger.give(surplus);
        }
        if (held.size() >= share) {
            return;
        }
        var free = new ArrayList<>(ledger.free());
        Collections.shuffle(free); // so that members that look at the same time want different ones
        for (var partition : free) {
            if (held.size() < share && stopping.getCount() > 0 && ledger.take(partition)) {
                held.add(partition);
            }
        }
    }

    /// Looks no more; what is held stays held until the caller gives it. Waits for a look that is under way.
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
