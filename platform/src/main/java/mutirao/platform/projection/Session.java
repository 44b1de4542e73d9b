package mutirao.platform.projection;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// One database connection that holds the lock of which there is one in the whole installation, and on which a rebuild
/// does all its writing: when the connection is lost so is the lock, and nothing can be half done. Its statements may
/// take as long as they need, also while the database answers nobody: what would be lost is the work of minutes.
final class Session implements AutoCloseable {
    /// The advisory lock's key.
    static final long LOCK = 0x6d7574697261L;

    /// How long to wait for a batch of the live run.
    static final Duration ROW_LOCK = Duration.ofMillis(200);
    /// How long to wait for readers: others queue behind meanwhile.
    static final Duration TABLE_LOCK = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String BOUNDS = """
            select set_config(name, ?, false) from pg_settings
            where name in ('transaction_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout')
            """;

    private final Connection connection;
    private final String bound;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    private Session(Connection connection) throws SQLException {
        this.connection = connection;
        var alone = new SingleConnectionDataSource(connection, true);
        var transactions = new DataSourceTransactionManager(alone);
        this.db = JdbcClient.create(alone);
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.bound = db.sql("select current_setting('statement_timeout')")
                .query(String.class)
                .single();
        bound("0");
    }

    private void bound(String time) {
        db.sql(BOUNDS).param(time).query((_, _) -> true).list();
    }

    /// Takes the lock; empty when somebody has it.
    static Optional<Session> open(DataSource pool) {
        try {
            var connection = pool.unwrap(HikariDataSource.class).getConnection();
            try {
                connection.setAutoCommit(true);
                connection.setNetworkTimeout(Runnable::run, 0);
                if (JdbcClient.create(new SingleConnectionDataSource(connection, true))
                        .sql("select pg_try_advisory_lock(" + LOCK + ")")
                        .query(Boolean.class)
                        .single()) {
                    return Optional.of(new Session(connection));
                }
                connection.close();
                return Optional.empty();
            } catch (RuntimeException e) { // thrown on: whatever it is, the connection may have the lock
                discard(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    JdbcClient db() {
        return db;
    }

    Connection connection() {
        return connection;
    }

    /// Runs work in a transaction.
    <T> T inTransaction(Supplier<@Nullable T> work) {
        return transaction.execute(_ -> work.get());
    }

    /// Runs work in a transaction that sees the database as it was when it began.
    <T> T inSnapshot(Supplier<@Nullable T> work) {
        return snapshot.execute(_ -> work.get());
    }

    /// How long statements of the running transaction wait for a lock.
    void waitForLocks(Duration atMost) {
        db.sql("select set_config('lock_timeout', ?, true)")
                .param(atMost.toMillis() + "ms")
                .query((_, _) -> true)
                .list();
    }

    /// Whether a lock could not be had in time.
    static boolean lockTimeout(DataAccessException e) {
        return e.getRootCause() instanceof SQLException sql && "55P03".equals(sql.getSQLState());
    }

    /// Breaks off the statement that runs on it, if any does, from another thread.
    void interrupt() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.debug("a statement is not broken off", e);
        }
    }

    /// Gives lock and connection back. A connection that cannot be cleaned is thrown away, and the lock with it.
    @Override
    public void close() {
        try {
            bound(bound);
            db.sql("reset maintenance_work_mem").update();
            db.sql("select pg_advisory_unlock(" + LOCK + ")")
                    .query((_, _) -> true)
                    .list();
            connection.close();
        } catch (RuntimeException | SQLException e) { // whatever it is, the lock must not stay
            discard(connection);
        }
    }

    private static void discard(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("thrown away", e);
        }
    }
}
