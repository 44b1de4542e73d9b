package mutirao.platform.eventstore;

import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/// Whether a fault says that an aggregate's place in the store is taken: its id, or its next version. The driver
/// reports it as a plain `SQLException`; any other duplicate key is a fault of the store, and not the caller's.
final class Taken {
    private static final String DUPLICATE_KEY = "23505";
    private static final Set<String> PLACES = Set.of("domain_event_order", "snapshot_event_pkey");

    private Taken() {}

    static boolean is(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof PSQLException sql
                        && DUPLICATE_KEY.equals(sql.getSQLState())
                        && sql.getServerErrorMessage() != null
                        && PLACES.contains(
                                String.valueOf(sql.getServerErrorMessage().getConstraint())));
    }
}
