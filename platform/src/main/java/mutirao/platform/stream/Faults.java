package mutirao.platform.stream;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/// Tells a fault of the surroundings, which time heals, from one of the message, which it does not.
public final class Faults {
    /// SQL state classes: connection, transaction rollback, resources, operator intervention.
    private static final Set<String> SURROUNDINGS = Set.of("08", "40", "53", "57", "58");

    /// A transaction that was idle or open for too long.
    private static final Set<String> TIMEOUTS = Set.of("25P03", "25P04");

    private static final String DISK_FULL = "53100";

    private Faults() {}

    /// Whether the database has no room left: it will be a while.
    public static boolean diskFull(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState()));
    }

    /// Whether trying again later may do.
    public static boolean transientFault(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null
                        || TIMEOUTS.contains(sql.getSQLState())
                        || SURROUNDINGS.contains(sql.getSQLState().substring(0, 2));
            }
            if (cause instanceof NotNow
                    || EngineFaults.away(cause)
                    || cause instanceof TransientDataAccessException
                    || cause instanceof CannotCreateTransactionException) {
                return true;
            }
            if (cause instanceof NonTransientDataAccessException && cause.getCause() == null) {
                return false;
            }
        }
        return false;
    }
}
