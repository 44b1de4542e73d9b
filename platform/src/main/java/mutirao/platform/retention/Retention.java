package mutirao.platform.retention;

import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/// Removes what has been kept long enough, in short transactions and so many of them at a time, so that the first run
/// on a large old database keeps nobody waiting.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final List<Outdated> kinds;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Bounds bounds;

    Retention(List<Outdated> kinds, TransactionOperations transaction, Clock clock, Bounds bounds) {
        this.kinds = kinds;
        this.transaction = transaction;
        this.clock = clock;
        this.bounds = bounds;
    }

    /// @param rows    looked at in one transaction
    /// @param batches of one kind in one run
    record Bounds(int rows, int batches) {}

    void run() {
        for (var kind : kinds) {
            var removed = sweep(kind);
            if (removed > 0) {
                LOG.info("{}: {} removed, older than {}", kind.name(), removed, kind.kept());
            }
        }
    }

    private int sweep(Outdated kind) {
        var sweep = kind.before(clock.instant().minus(kind.kept()));
        var removed = 0;
        for (int batch = 0; batch < bounds.batches(); batch++) {
            var done = transaction.execute(_ -> sweep.next(bounds.rows()));
            if (done == null) {
                break;
            }
            removed += done.removed();
            if (done.last()) {
                break;
            }
        }
        return removed;
    }
}
