package mutirao.platform.eventstore;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wakes the [Tail] of the other processes on this PostgreSQL, and is woken by theirs (`LISTEN`/`NOTIFY`). `NOTIFY`
/// holds a database-wide lock until its transaction has committed, so it is sent after the command's commit, once for
/// as many commits as have come together.
final class Neighbours implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
    private static final String CHANNEL = "mutirao_events";
    /// Between two notifications.
    private static final Duration BREATH = Duration.ofMillis(5);

    private final DataSource pool;
    private final JdbcClient db;
    private final Tail tail;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean running;

    Neighbours(DataSource pool, Tail tail) {
        this.pool = pool;
        this.db = JdbcClient.create(pool);
        this.tail = tail;
    }

    /// Tells them that events were committed. Never blocks.
    void tell() {
        news.release();
    }

    private void speak() {
        while (running) {
            try {
                news.acquire();
                news.drainPermits();
                db.sql("select pg_notify(?, '')")
                        .param(CHANNEL)
                        .query((_, _) -> true)
                        .list();
                TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("neighbours not notified, they will look by themselves", e);
            }
        }
    }

    private void hear() {
        while (running) {
            try (var connection = pool.getConnection()) {
                connection.setAutoCommit(true);
                try (var listen = connection.createStatement()) {
                    listen.execute("listen " + CHANNEL);
                    listen(connection.unwrap(PGConnection.class));
                    listen.execute("unlisten " + CHANNEL);
                }
            } catch (SQLException e) {
                LOG.debug("not listening, the tail looks by itself", e);
                if (Thread.interrupted()) {
                    return;
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (running) {
            var notifications = connection.getNotifications((int) TimeUnit.SECONDS.toMillis(1));
            if (notifications != null && notifications.length > 0) {
                tail.wake();
            }
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("neighbours-speak").start(this::speak);
        Thread.ofPlatform().daemon().name("neighbours-hear").start(this::hear);
    }

    @Override
    public void stop() {
        running = false;
        news.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Tail.PHASE;
    }
}
