package mutirao.platform.eventstore;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How far the event table can be read without skipping anything. Indexes are drawn before they commit, so a reader
/// that finds 8 after 6 must not pass: 7 may still commit. It stops at the gap until the gap fills, or until every
/// transaction that held a write lock on the table when the gap was seen has ended; an index that is missing then was
/// rolled back.
///
/// That is safe because an `INSERT` takes its table lock before it draws an index and releases it only after its commit
/// is visible (PostgreSQL, `CommitTransaction`: `ProcArrayEndTransaction` before `ResourceOwnerRelease`). Works on
/// PostgreSQL 15 and later. Thread-safe; statements run on connections of their own, in autocommit.
final class Horizon {
    private static final int WALK = 10_000;

    /// An observation: whatever was drawn up to `highest` belongs to `writers` or has ended.
    private record Gap(long highest, Set<String> writers) {}

    private final JdbcClient db;
    private long settled;
    private @Nullable Gap gap;

    Horizon(JdbcClient db) {
        this.db = db;
    }

    /// Looks again.
    ///
    /// @return the highest position that can be read up to
    synchronized long advance() {
        var highest = db.sql("select coalesce(max(global_index), 0) from domain_event")
                .query(Long.class)
                .single();
        walk(highest);
        if (gap != null && gap.highest <= settled) {
            gap = null; // it filled
        }
        if (settled < highest) {
            jump(highest);
        }
        return settled;
    }

    /// Whether it waits at a gap, so that it is worth looking again soon.
    synchronized boolean waiting() {
        return gap != null;
    }

    /// Goes as far as the indexes follow each other.
    private void walk(long highest) {
        if (highest - settled > WALK) {
            return; // far behind: jump, or come back when the writers have gone
        }
        for (long index : visible()) {
            if (index != settled + 1) {
                return;
            }
            settled = index;
        }
    }

    private List<Long> visible() {
        return db.sql("select global_index from domain_event where global_index > ? order by 1 limit " + WALK)
                .param(settled)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /// Passes gaps whose possible writers have all ended.
    private void jump(long highest) {
        var writers = writers(); // after `highest` was read, else a writer could end in between unseen
        if (gap != null) {
            var still = new HashSet<>(gap.writers);
            still.retainAll(writers);
            if (still.isEmpty()) {
                settled = Math.max(settled, gap.highest);
                gap = null;
            }
        }
        if (writers.isEmpty()) {
            settled = highest;
            gap = null;
        } else if (gap == null && settled < highest) {
            gap = new Gap(highest, writers);
        }
    }

    private Set<String> writers() {
        return new HashSet<>(db.sql("""
                                select virtualtransaction from pg_locks
                                where locktype = 'relation' and granted
                                  and relation = 'domain_event'::regclass
                                  and database = (select oid from pg_database where datname = current_database())
                                  and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                               'AccessExclusiveLock')
                                """).query((row, _) -> row.getString(1)).list());
    }
}
