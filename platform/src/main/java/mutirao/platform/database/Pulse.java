package mutirao.platform.database;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.SmartLifecycle;

/// Asks the database every second, on a connection of its own, whether it answers. A statement may take a minute, so
/// that one takes long says nothing; when not even this one is answered nobody will be, whatever they asked.
final class Pulse implements SmartLifecycle {
    /// How long without an answer is too long.
    static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// Between two attempts to connect.
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final WatchedPool pool;
    private final HikariDataSource settings;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private long answered = System.nanoTime();
    private boolean running;

    /// @param settings says where the database is
    Pulse(WatchedPool pool, HikariDataSource settings) {
        this.pool = pool;
        this.settings = settings;
    }

    private void beat() {
        while (stopping.getCount() > 0) {
            try (var connection = open()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) { // whatever it is, somebody must go on asking
                if (System.nanoTime() - answered >= PATIENCE.toNanos()) {
                    pool.answersNot(e);
                }
                rest(PAUSE);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var ask = connection.createStatement()) {
            while (stopping.getCount() > 0) {
                ask.execute("select 1");
                answered = System.nanoTime();
                pool.answers();
                rest(EVERY);
            }
        }
    }

    private Connection open() throws SQLException {
        var properties = new Properties();
        properties.putAll(settings.getDataSourceProperties());
        Optional.ofNullable(settings.getUsername()).ifPresent(user -> properties.setProperty("user", user));
        Optional.ofNullable(settings.getPassword()).ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(PATIENCE.toSeconds()));
        return DriverManager.getConnection(settings.getJdbcUrl(), properties);
    }

    private void rest(Duration time) {
        try {
            var _ = stopping.await(time.toNanos(), NANOSECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    @Override
    public void start() {
        running = true;
        stopping = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("database-pulse").start(this::beat);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before whoever asks the database anything by itself.
    @Override
    public int getPhase() {
        return 0;
    }
}
