package mutirao.platform.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Tail;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The followers that run in this process, started after the log's [Tail] and stopped before it.
public final class Followers implements SmartLifecycle {
    private final NavigableMap<String, Follower> byName = new TreeMap<>();
    private volatile boolean running;

    /// @param subscribers whose names differ
    /// @param atATime     so many do a batch, each with a connection
    public Followers(
            List<Subscriber> subscribers,
            EventLog log,
            Tail tail,
            DeadLetters letters,
            JdbcClient db,
            PlatformTransactionManager transactions,
            int atATime) {
        var turns = new Semaphore(atATime, true);
        for (var subscriber : subscribers) {
            var follower = new Follower(subscriber, log, tail, letters, db, transactions, turns);
            if (byName.put(subscriber.name(), follower) != null) {
                throw new IllegalStateException("two subscribers are called " + subscriber.name());
            }
        }
    }

    /// The follower of that name, of whatever version (`name@2`), if it runs here.
    public Optional<Follower> find(String name) {
        return Optional.ofNullable(byName.get(name))
                .or(() -> Optional.ofNullable(byName.ceilingEntry(name + "@"))
                        .filter(entry -> entry.getKey().startsWith(name + "@"))
                        .map(Map.Entry::getValue));
    }

    /// The names of all that run here.
    public Collection<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// Waits until each of them has passed or skipped every event up to a position.
    ///
    /// @return whether they have; false when the time ran out
    /// @throws InterruptedException when the waiting thread is told to stop
    public boolean awaitPosition(Collection<String> names, long position, Duration timeout)
            throws InterruptedException {
        var until = System.nanoTime() + timeout.toNanos();
        for (var name : names) {
            var follower = find(name).orElseThrow();
            if (!follower.awaitPosition(position, Duration.ofNanos(Math.max(0, until - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void start() {
        byName.values().forEach(Follower::register);
        byName.values().forEach(Follower::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        byName.values().forEach(Follower::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Tail.PHASE + 100;
    }
}
