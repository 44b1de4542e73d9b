package mutirao.platform.eventstore;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How far the event table can be read without skipping anything. Indexes are drawn before they commit, so a reader
/// that finds 8 after 6 must not pass: 7 may still commit. It stops at the gap until the gap fills, or until every
/// transaction that can have drawn 7 has ended; an index that is missing then was rolled back. Those are the ones that
/// hold a write lock on the table, without the ones that were seen to come after 7 had been drawn.
///
/// That is safe because an `INSERT` takes its table lock before it draws an index and releases it only after its commit
/// is visible (PostgreSQL, `CommitTransaction`: `ProcArrayEndTransaction` before `ResourceOwnerRelease`). Works on
/// PostgreSQL 15 and later. Thread-safe; statements run on connections of their own, in autocommit.
final class Horizon {
    private static final int WALK = 10_000;
    private static final int PAGE = 500;

    private final JdbcClient db;
    /// The open transactions that hold a write lock, with an index that was drawn before each of them came: its own are
    /// higher.
    private final Map<String, Long> writers = new HashMap<>();
    /// The highest index when they were last looked at.
    private long seen;
    private long settled;
    private boolean waiting;

    Horizon(DataSource pool) {
        this.db = JdbcClient.create(new PlannedAnew(pool));
    }

    /// Keeps no plans: one made while the table was empty would read all of it once it has grown.
    private static final class PlannedAnew extends JdbcTemplate {
        PlannedAnew(DataSource pool) {
            super(pool);
        }

        @Override
        protected void applyStatementSettings(Statement statement) throws SQLException {
            super.applyStatementSettings(statement);
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    /// Looks again.
    ///
    /// @return the highest position that can be read up to
    synchronized long advance() {
        var highest = db.sql("select coalesce(max(global_index), 0) from domain_event")
                .query(Long.class)
                .single();
        walk(highest);
        if (settled < highest) {
            jump(highest);
        }
        waiting = settled < highest;
        return settled;
    }

    /// Whether it waits at a gap, so that it is worth looking again soon.
    synchronized boolean waiting() {
        return waiting;
    }

    /// Goes as far as the indexes follow each other.
    private void walk(long highest) {
        if (highest - settled > WALK) {
            return; // far behind: jump, or come back when the writers have gone
        }
        List<Long> page;
        do {
            page = visible();
            for (long index : page) {
                if (index != settled + 1) {
                    return;
                }
                settled = index;
            }
        } while (page.size() == PAGE);
    }

    private List<Long> visible() {
        return db.sql("select global_index from domain_event where global_index > ? order by 1 limit " + PAGE)
                .param(settled)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /// Passes gaps whose possible writers have all ended.
    private void jump(long highest) {
        var open = open(); // after `highest` was read, else a writer could end in between unseen
        writers.keySet().retainAll(open);
        open.forEach(writer -> writers.putIfAbsent(writer, prepared(writer) ? 0 : seen));
        seen = highest;
        var upTo = writers.values().stream().reduce(highest, Math::min);
        settled = Math.max(settled, upTo);
    }

    /// A transaction changes its name when it is prepared, so it says nothing that it was not seen under this one.
    private static boolean prepared(String writer) {
        return writer.startsWith("-1/");
    }

    private List<String> open() {
        return db.sql("""
                        select distinct virtualtransaction from pg_locks
                        where locktype = 'relation' and granted
                          and relation = 'domain_event'::regclass
                          and database = (select oid from pg_database where datname = current_database())
                          and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                       'AccessExclusiveLock')
                        """).query((row, _) -> row.getString(1)).list();
    }
}
