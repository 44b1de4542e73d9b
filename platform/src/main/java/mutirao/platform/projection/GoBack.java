package mutirao.platform.projection;

import java.time.Duration;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Follower;

/// Puts back the table that served before the last rebuild: brings it up to date beside the serving one, and lets the
/// two change their places in one short transaction.
final class GoBack<R extends Record> {
    private static final int FETCH = 5_000;
    private static final Duration LOCK = Duration.ofSeconds(5);

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
        kept.ifPresent(position -> {
            var reached = catchUp(position, log.horizon());
            session.inTransaction(() -> {
                session.waitForLocks(LOCK);
                var live = follower.lock(session.db());
                var now = Math.max(reached, live);
                catchUp(reached, now);
                tables.exchange();
                session.db()
                        .sql("update projection_kept set position = ? where name = ?")
                        .params(live, tables.serving())
                        .update();
                follower.moveTo(session.db(), now);
                return true;
            });
        });
        return kept.isPresent();
    }

    private long catchUp(long from, long end) {
        var reached = from;
        while (reached < end) {
            var events = log.read(reached, end, subscriber.contexts(), FETCH);
            var last = events.size() == FETCH ? events.getLast().meta().position() : end;
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
