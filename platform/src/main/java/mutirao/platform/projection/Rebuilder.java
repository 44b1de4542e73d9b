package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Parking.Keyed;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Follower;
import org.springframework.dao.DataAccessException;

/// Builds one projection's table anew beside the serving one: folds the store into a shadow table, compares the
/// two, and in one short last transaction catches up and puts the shadow in the serving table's place together with
/// its position. Until then the serving table is untouched; whatever goes wrong, it stays.
///
/// It never holds up a writer, and the live run only for the last transaction. A reader that keeps the serving table
/// locked makes it come back later, instead of queueing before all other readers.
final class Rebuilder<R extends Record> {
    private static final int FETCH = ReadAhead.FETCH;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LIVE_RUN = Duration.ofSeconds(30);

    /// It was told to stop.
    static final class Cancelled extends RuntimeException {
        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    /// The rebuilt table differs and was not wanted then.
    static final class Differs extends RuntimeException {
        Differs(Differences differences) {
            super(
                    differences.total() + " rows differ from the serving table, which goes on serving",
                    null,
                    false,
                    false);
        }
    }

    private final ProjectionSubscriber<R> subscriber;
    private final Follower follower;
    private final EventLog log;
    private final Session session;
    private final TableSet tables;
    private final Progress progress;
    private final ReadAhead ahead;
    private final WorkingSet<R> rows;
    private final Parking parking = new Parking();
    private long position;

    /// @param most   rows to hold in memory
    /// @param reader asked for each batch: where it is read and decoded, beside the fold of the one before it
    Rebuilder(
            ProjectionSubscriber<R> subscriber,
            Follower follower,
            EventLog log,
            Session session,
            Progress progress,
            int most,
            Supplier<Executor> reader) {
        this.subscriber = subscriber;
        this.follower = follower;
        this.log = log;
        this.session = session;
        this.progress = progress;
        this.ahead = new ReadAhead(log, subscriber, reader);
        this.tables = new TableSet(session.db(), subscriber.table().physical());
        this.rows = new WorkingSet<>(subscriber, tables, session, most);
    }

    /// @param baseline what to compare with; empty for nothing
    /// @param keep     whether the table that served is kept
    /// @throws Cancelled when it was told to stop
    /// @throws Differs   when there are differences and they were to stop it
    void run(Optional<Baseline> baseline, boolean keep, OnDifference onDifference) {
        tables.createShadow();
        try {
            fold();
            progress.enter(Phase.INDEX);
            tables.createIndexes();
            progress.enter(Phase.CATCH_UP);
            catchUp();
            progress.enter(Phase.COMPARE);
            progress.rows(tables.countShadow());
            var differences = baseline.flatMap(this::compare);
            differences.ifPresent(progress::differences);
            if (onDifference == OnDifference.STOP) {
                differences.filter(found -> found.total() > 0).ifPresent(found -> {
                    throw new Differs(found);
                });
            }
            progress.enter(Phase.SWAP);
            swap(keep);
        } finally {
            progress.close(); // what follows is not to be broken off
            tables.discardShadow();
        }
    }

    private void fold() {
        var end = log.horizon();
        var next = ahead.from(position, end);
        while (position < end) {
            var batch = next;
            next = ahead.after(batch, end);
            var events = batch.keyed().join();
            fold(events);
            position = batch.upTo().join();
            progress.folded(events.size());
        }
        rows.flush();
    }

    private void fold(List<Keyed> events) {
        rows.require(events.stream().map(Keyed::key).filter(Objects::nonNull).toList());
        for (var keyed : events) {
            if (parking.leaves(keyed)) {
                try {
                    rows.fold(requireNonNull(keyed.key()), keyed.event());
                } catch (RuntimeException e) { // a projection's code: whatever it throws is the event's fault
                    parking.park(keyed.event(), requireNonNull(keyed.key()).toString(), e);
                }
            }
        }
        rows.relieve();
    }

    /// Comes close to the end without holding up the live run.
    private void catchUp() {
        while (catchUpTo(log.horizon()) >= FETCH) {
            progress.check();
        }
    }

    /// @return how many events the last batch had
    private int catchUpTo(long end) {
        var size = 0;
        while (position < end) {
            var events = log.read(position, end, subscriber.contexts(), FETCH);
            session.inTransaction(() -> {
                apply(events);
                return null;
            });
            size = events.size();
            position = size >= FETCH ? events.getLast().meta().position() : end;
            progress.folded(size);
        }
        return size;
    }

    /// A batch that cannot be folded is done again event by event, and what fails alone is parked.
    private void apply(List<RecordedEvent> events) {
        var left = events.stream().map(ahead::keyed).filter(parking::leaves).toList();
        if (tryToFold(left.stream().map(Keyed::event).toList()).isPresent()) {
            left.forEach(this::applyAlone);
        }
    }

    private void applyAlone(Keyed keyed) {
        if (parking.leaves(keyed)) {
            tryToFold(List.of(keyed.event()))
                    .ifPresent(fault -> parking.park(
                            keyed.event(), requireNonNull(keyed.key()).toString(), fault));
        }
    }

    /// Writes what events make of the new table's rows.
    ///
    /// @return why the fold refuses them, before anything of them was written; empty when they are written
    private Optional<RuntimeException> tryToFold(List<RecordedEvent> events) {
        try {
            subscriber.apply(session.connection(), tables.shadow(), events);
            return Optional.empty();
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) { // a projection's code: whatever it throws is the event's fault
            return Optional.of(e);
        }
    }

    /// Compares in one snapshot, in which the serving table stands where its position row says and the shadow is
    /// brought to the same place: nobody is held up.
    ///
    /// @return empty when the serving table stands still behind the shadow, as that of a version that no node runs
    private Optional<Differences> compare(Baseline baseline) {
        var until = System.nanoTime() + LIVE_RUN.toNanos();
        while (!reached(baseline)) {
            if (System.nanoTime() > until) {
                if (baseline.follower().equals(follower.name())) {
                    throw new IllegalStateException("its live run stands still, so there is nothing to compare with");
                }
                return Optional.empty();
            }
            progress.rest(PAUSE);
        }
        return Optional.of(session.inSnapshot(() -> {
            var place = baseline.position(session.db());
            if (place > position) {
                apply(log.read(position, place, subscriber.contexts(), Integer.MAX_VALUE));
                position = place;
            }
            return Differences.between(
                    session.db(),
                    baseline.table(),
                    tables.shadow(),
                    subscriber.rows().key(),
                    baseline.columns(session.db(), subscriber.rows().columnNames()));
        }));
    }

    /// Whether the serving table stands at the shadow's place or beyond: whatever lies between concerns it not.
    private boolean reached(Baseline baseline) {
        var place = baseline.position(session.db());
        return place >= position
                || log.read(place, position, subscriber.contexts(), 1).isEmpty();
    }

    /// Tried again when the serving table cannot be had at once.
    private void swap(boolean keep) {
        while (true) {
            var before = position;
            var known = parking.size();
            try {
                session.inTransaction(() -> {
                    trySwap(keep);
                    return null;
                });
                return;
            } catch (DataAccessException e) {
                if (!Session.lockTimeout(e)) {
                    throw e;
                }
                position = before;
                parking.backTo(known);
                progress.rest(PAUSE);
                catchUp();
            }
        }
    }

    /// The live run waits for the position row meanwhile, and readers for the renaming.
    private void trySwap(boolean keep) {
        var db = session.db();
        session.waitForLocks(Session.ROW_LOCK);
        var live = follower.row().lock(db);
        while (position < live) {
            var events = log.read(position, live, subscriber.contexts(), FETCH);
            apply(events);
            position = events.size() >= FETCH ? events.getLast().meta().position() : live;
        }
        session.waitForLocks(Session.TABLE_LOCK);
        tables.swap(keep);
        db.sql("delete from projection_kept where name = ?")
                .param(tables.serving())
                .update();
        if (keep) {
            db.sql("insert into projection_kept (name, position) values (?, ?)")
                    .params(tables.serving(), live)
                    .update();
        }
        parking.replace(new DeadLetters(db), follower.name());
        follower.row().moveTo(db, position);
    }
}
