package mutirao.platform.projection;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Follower;
import org.springframework.dao.DataAccessException;

/// Puts back the table that served before the last rebuild: brings it up to date beside the serving one, and lets the
/// two change their places in one short transaction.
final class GoBack<R extends Record> {
    private static final int FETCH = 5_000;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ATTEMPTS = 300;

    private final ProjectionSubscriber<R> subscriber;
    private final Follower follower;
    private final EventLog log;
    private final Session session;
    private final TableSet tables;

    GoBack(ProjectionSubscriber<R> subscriber, Follower follower, EventLog log, Session session) {
        this.subscriber = subscriber;
        this.follower = follower;
        this.log = log;
        this.session = session;
        this.tables = new TableSet(session.db(), subscriber.table().physical());
    }

    /// @return false when no table is kept
    boolean run() {
        var kept = session.db()
                .sql("select position from projection_kept where name = ?")
                .param(tables.serving())
                .query((row, _) -> row.getLong(1))
                .optional();
        kept.ifPresent(this::exchange);
        return kept.isPresent();
    }

    /// Tried again when the serving table cannot be had at once: other readers would queue behind.
    private void exchange(long position) {
        var reached = position;
        for (int attempt = 1; ; attempt++) {
            var from = catchUp(reached, log.horizon());
            try {
                session.inTransaction(() -> {
                    tryExchange(from);
                    return true;
                });
                return;
            } catch (DataAccessException e) {
                if (!Session.lockTimeout(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                reached = from;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void tryExchange(long reached) {
        session.waitForLocks(Session.ROW_LOCK);
        var live = follower.row().lock(session.db());
        var now = Math.max(reached, live);
        catchUp(reached, now);
        session.waitForLocks(Session.TABLE_LOCK);
        tables.exchange();
        session.db()
                .sql("update projection_kept set position = ? where name = ?")
                .params(live, tables.serving())
                .update();
        follower.row().moveTo(session.db(), now);
    }

    private long catchUp(long from, long end) {
        var reached = from;
        while (reached < end) {
            var events = log.read(reached, end, subscriber.contexts(), FETCH);
            var last = events.size() >= FETCH ? events.getLast().meta().position() : end;
            session.inTransaction(() -> {
                subscriber.apply(session.connection(), tables.kept(), events);
                session.db()
                        .sql("update projection_kept set position = ? where name = ?")
                        .params(last, tables.serving())
                        .update();
                return true;
            });
            reached = last;
        }
        return reached;
    }
}
