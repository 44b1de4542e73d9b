package mutirao.platform.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The pool as everybody uses it. While the database does not answer ([Pulse]) it gives out no connection, and has
/// broken those that were out: whoever waited for an answer is told at once. What may take as long as it needs takes
/// its connection from the pool inside. Thread-safe.
final class WatchedPool extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedPool.class);
    private static final String CONNECTION_FAILURE = "08006";

    /// Those that have been given back too, until nobody knows them any more. Tidied by whoever comes: waking another
    /// thread for it is dearer.
    private final Cache<Connection, Boolean> out =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private volatile boolean away;

    private final HikariDataSource pool;

    WatchedPool(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    /// @throws SQLTransientConnectionException at once, while the database does not answer
    @Override
    public Connection getConnection() throws SQLException {
        refuseIfAway();
        var connection = super.getConnection();
        out.put(connection, true);
        if (away) { // since it was given
            abort(connection);
            refuseIfAway();
        }
        return connection;
    }

    private void refuseIfAway() throws SQLException {
        if (away) {
            throw new SQLTransientConnectionException("the database does not answer", CONNECTION_FAILURE);
        }
    }

    /// The database answers.
    void answers() {
        if (away) {
            LOG.warn("the database answers again");
        }
        away = false;
    }

    /// The database has not answered for a while.
    void answersNot(Exception why) {
        if (!away) {
            LOG.warn("the database does not answer", why);
        }
        away = true;
        out.asMap().keySet().forEach(WatchedPool::abort);
        // Those that nobody has may never hear again that they are dead.
        Optional.ofNullable(pool.getHikariPoolMXBean()).ifPresent(HikariPoolMXBean::softEvictConnections);
    }

    /// Does nothing to one that was given back.
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("not broken", e);
        }
    }
}
