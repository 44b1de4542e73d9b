package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Follower;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/// Builds one projection's table anew beside the serving one: folds the store into a shadow table, compares the
/// two, and in one short last transaction catches up and puts the shadow in the serving table's place together with
/// its position. Until then the serving table is untouched; whatever goes wrong, it stays.
///
/// It never holds up a writer, and the live run only for the last transaction. A reader that keeps the serving table
/// locked makes it come back later, instead of queueing before all other readers.
final class Rebuilder<R extends Record> {
    private static final int FETCH = 5_000;
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
    private final Supplier<Executor> reader;
    private final WorkingSet<R> rows;
    private final Set<String> poisoned = new HashSet<>();
    private final List<Poison> poison = new ArrayList<>();
    private long position;

    /// An event that could not be folded, or that came later for the same row.
    private record Poison(
            RecordedEvent event, String sequence, @Nullable RuntimeException cause) {}

    /// What the new table is compared with.
    ///
    /// @param table    its name
    /// @param follower whose row tells its position
    record Baseline(String table, String follower) {}

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
        this.reader = reader;
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

    /// An event, and the key of the row that it concerns, or why that could not be told.
    private record Keyed(
            RecordedEvent event,
            @Nullable Object key,
            @Nullable RuntimeException failure) {}

    private void fold() {
        var end = log.horizon();
        var next = ahead(CompletableFuture.completedFuture(position), end);
        while (position < end) {
            var batch = next;
            next = ahead(batch.upTo(), end);
            var events = batch.keyed().join();
            fold(events);
            position = batch.upTo().join();
            progress.folded(events.size());
        }
        rows.flush();
    }

    /// A batch on its way: while one is folded, the next is decoded and the one after is read.
    ///
    /// @param upTo known as soon as it is read
    private record Ahead(CompletableFuture<Long> upTo, CompletableFuture<List<Keyed>> keyed) {}

    private Ahead ahead(CompletableFuture<Long> from, long end) {
        var where = reader.get();
        var events = from.thenApplyAsync(after -> log.read(after, end, subscriber.contexts(), FETCH), where);
        return new Ahead(
                events.thenApply(
                        read -> read.size() >= FETCH ? read.getLast().meta().position() : end),
                events.thenApplyAsync(read -> read.stream().map(this::keyed).toList(), where));
    }

    private Keyed keyed(RecordedEvent event) {
        if (!event.known()) {
            throw new IllegalStateException("this version does not know " + event);
        }
        try {
            return new Keyed(event, subscriber.keyOf(event), null);
        } catch (RuntimeException e) { // a projection's code, or decoding: whatever it throws is the event's fault
            return new Keyed(event, null, e);
        }
    }

    private void fold(List<Keyed> events) {
        rows.require(events.stream().map(Keyed::key).filter(Objects::nonNull).toList());
        for (var keyed : events) {
            if (healthy(keyed)) {
                try {
                    rows.fold(requireNonNull(keyed.key()), keyed.event());
                } catch (RuntimeException e) { // a projection's code: whatever it throws is the event's fault
                    park(keyed.event(), requireNonNull(keyed.key()).toString(), e);
                }
            }
        }
        rows.relieve();
    }

    /// Whether an event concerns a row and can be folded into it; if not for a fault, it is kept for the dead letters.
    private boolean healthy(Keyed keyed) {
        if (keyed.failure() != null) {
            park(keyed.event(), keyed.event().meta().aggregateUuid().toString(), keyed.failure());
            return false;
        }
        if (keyed.key() != null
                && !poisoned.isEmpty()
                && poisoned.contains(keyed.key().toString())) {
            park(keyed.event(), keyed.key().toString(), null);
            return false;
        }
        return keyed.key() != null;
    }

    private void park(RecordedEvent event, String sequence, @Nullable RuntimeException cause) {
        poisoned.add(sequence);
        poison.add(new Poison(event, sequence, cause));
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
        var healthy = events.stream().map(this::keyed).filter(this::healthy).toList();
        if (refused(healthy.stream().map(Keyed::event).toList()).isPresent()) {
            healthy.forEach(this::applyAlone);
        }
    }

    private void applyAlone(Keyed keyed) {
        if (healthy(keyed)) {
            refused(List.of(keyed.event()))
                    .ifPresent(fault ->
                            park(keyed.event(), requireNonNull(keyed.key()).toString(), fault));
        }
    }

    /// @return why the fold refuses events, before anything of them was written; empty when they are written
    private Optional<RuntimeException> refused(List<RecordedEvent> events) {
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
            var place = place(session, baseline);
            if (place > position) {
                apply(log.read(position, place, subscriber.contexts(), Integer.MAX_VALUE));
                position = place;
            }
            return Differences.between(
                    session.db(),
                    baseline.table(),
                    tables.shadow(),
                    subscriber.rows().key(),
                    columns(baseline));
        }));
    }

    /// Whether the serving table stands at the shadow's place or beyond: whatever lies between concerns it not.
    private boolean reached(Baseline baseline) {
        var place = place(session, baseline);
        return place >= position
                || log.read(place, position, subscriber.contexts(), 1).isEmpty();
    }

    private static long place(Session session, Baseline baseline) {
        return session.db()
                .sql("select position from follower where name = ?")
                .param(baseline.follower())
                .query(Long.class)
                .single();
    }

    /// The columns that both tables have: another version's may have others.
    private List<String> columns(Baseline baseline) {
        var there = session.db()
                .sql(
                        "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped")
                .param(baseline.table())
                .query(String.class)
                .list();
        return subscriber.rows().columnNames().stream().filter(there::contains).toList();
    }

    /// Tried again when the serving table cannot be had at once.
    private void swap(boolean keep) {
        while (true) {
            var before = position;
            var known = poison.size();
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
                poison.subList(known, poison.size()).clear();
                poisoned.clear();
                poison.forEach(each -> poisoned.add(each.sequence()));
                progress.rest(PAUSE);
                catchUp();
            }
        }
    }

    /// The live run waits for the position row meanwhile, and readers for the renaming.
    private void trySwap(boolean keep) {
        var db = session.db();
        session.waitForLocks(Session.ROW_LOCK);
        var live = follower.lock(db);
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
        var letters = new DeadLetters(db);
        letters.clear(follower.name());
        poison.forEach(each ->
                letters.park(follower.name(), each.sequence(), each.event().meta(), each.cause()));
        follower.moveTo(db, position);
    }
}
