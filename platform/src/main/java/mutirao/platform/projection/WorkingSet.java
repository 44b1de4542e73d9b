package mutirao.platform.projection;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Rows.Owned;
import org.jspecify.annotations.Nullable;

/// The rows that a rebuild is folding. As many as fit are held in memory; when they no longer do, all of them are
/// written to the new table, and rows that later events concern are loaded back, as the live run does. So a store whose
/// rows fit is folded in memory and written once, and one whose rows do not is worked in ranges, with a bounded heap.
final class WorkingSet<R extends Record> {
    private final ProjectionSubscriber<R> subscriber;
    private final TableSet tables;
    private final Session session;
    private final int most;
    private final Map<Object, @Nullable Owned<R>> rows = new HashMap<>();
    private final Set<Object> loaded = new HashSet<>();
    private boolean spilled;

    /// @param most rows to hold between two batches
    WorkingSet(ProjectionSubscriber<R> subscriber, TableSet tables, Session session, int most) {
        this.subscriber = subscriber;
        this.tables = tables;
        this.session = session;
        this.most = most;
    }

    /// Makes the rows of some keys present.
    void require(Collection<Object> keys) {
        if (!spilled || subscriber.table().perEvent()) {
            return;
        }
        var absent = new HashSet<>(keys);
        absent.removeAll(rows.keySet());
        try {
            var found = subscriber.rows().load(session.connection(), tables.shadow(), absent);
            loaded.addAll(found.keySet());
            rows.putAll(found);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Folds an event into a row that is present.
    void fold(Object key, RecordedEvent event) {
        rows.put(key, subscriber.fold(rows.get(key), event));
    }

    /// Writes everything out when there is too much of it.
    void relieve() {
        if (rows.size() <= most) {
            return;
        }
        flush();
        if (!spilled && !subscriber.table().perEvent()) {
            tables.createKey();
        }
        spilled = true;
    }

    /// Writes everything out.
    void flush() {
        var fresh = new ArrayList<Owned<R>>();
        var changed = new HashMap<Object, @Nullable Owned<R>>();
        rows.forEach((key, row) -> {
            if (loaded.contains(key)) {
                changed.put(key, row);
            } else if (row != null) {
                fresh.add(row);
            }
        });
        session.inTransaction(() -> {
            try {
                if (!spilled) {
                    tables.emptyShadow(); // what is copied behind it in one transaction may spare the log
                }
                subscriber.rows().copy(session.connection(), tables.shadow(), fresh);
                subscriber.rows().save(session.connection(), tables.shadow(), changed);
                return null;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        rows.clear();
        loaded.clear();
    }
}
