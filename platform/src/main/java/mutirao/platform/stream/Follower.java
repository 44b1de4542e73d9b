package mutirao.platform.stream;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NESTED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Reached;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.eventstore.Tail;
import mutirao.platform.stream.Subscriber.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs one subscriber: reads a batch, lets it handle it and moves the position, all in one transaction. The lock
/// on its position row decides which of several processes does the next batch.
///
/// A batch that fails is done again event by event; what fails alone is parked, and the later events of its
/// sequence wait behind it while the others go on. An event of a name that this version does not know pauses the
/// follower.
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int BATCH = 1000;
    /// Between batches, so that under load they grow larger rather than more.
    private static final Duration BREATH = Duration.ofMillis(10);
    /// The same after a batch of [#MANY] events.
    private static final Duration DEEP_BREATH = Duration.ofMillis(30);

    private static final int MANY = 10;

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration FAULT = Duration.ofMillis(500);
    /// The pause after a fault doubles up to this.
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(4);
    private static final Duration TAKEN = Duration.ofMillis(50);

    private final Subscriber subscriber;
    private final EventLog log;
    private final Tail tail;
    private final DeadLetters letters;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final TransactionTemplate attempt;
    /// Shared by all: each batch takes a connection.
    private final Semaphore turns;
    private final Reached reached = new Reached();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private boolean careful;
    private Duration fault = FAULT;
    private boolean busy;
    /// Whether its row has been seen at a position.
    private boolean placed;
    /// The position in its row, as last seen by this thread.
    private long written;
    /// When it was, in nanoseconds of the JVM's own clock.
    private long writtenAt;
    private @Nullable String pausedAt;
    private Thread thread = new Thread();

    Follower(
            Subscriber subscriber,
            EventLog log,
            Tail tail,
            DeadLetters letters,
            JdbcClient db,
            PlatformTransactionManager transactions,
            Semaphore turns) {
        this.turns = turns;
        this.subscriber = subscriber;
        this.log = log;
        this.tail = tail;
        this.letters = letters;
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.attempt = new TransactionTemplate(transactions);
        this.attempt.setPropagationBehavior(PROPAGATION_NESTED);
    }

    /// Its position row.
    ///
    /// @param state  LIVE, PAUSED at an event it does not know, or BUILDING until it has been put at a position
    /// @param detail what it is paused at
    public record Status(
            long position, String state, @Nullable String detail) {}

    /// The subscriber's name.
    public String name() {
        return subscriber.name();
    }

    /// Where it stands.
    public Status status() {
        return db.sql("select position, state, detail from follower where name = ?")
                .param(name())
                .query(Status.class)
                .optional()
                .orElse(new Status(0, "LIVE", null));
    }

    /// Waits until it has passed or skipped every event up to a position.
    ///
    /// @return whether it has; false when the time ran out
    public boolean awaitPosition(long position, Duration timeout) throws InterruptedException {
        var until = System.nanoTime() + timeout.toNanos();
        // Woken by this process's batches; another process's are seen by looking.
        while (!reached.await(position, TAKEN)) {
            var now = status().position();
            reached.set(now);
            if (now < position && System.nanoTime() > until) {
                return false;
            }
        }
        return true;
    }

    /// Takes the position row and keeps everybody from moving it until the transaction ends.
    ///
    /// @param db in whose transaction
    public long lock(JdbcClient db) {
        return db.sql("select position from follower where name = ? for update")
                .param(name())
                .query(Long.class)
                .single();
    }

    /// Puts the position into the row, which a transaction holds the [#lock] of.
    ///
    /// @param db in whose transaction
    public void moveTo(JdbcClient db, long position) {
        db.sql("update follower set position = ?, state = 'LIVE', detail = null, updated_at = now() where name = ?")
                .params(position, name())
                .update();
    }

    void register() {
        var waits = subscriber.waitsToBeBuilt() && log.horizon() > 0;
        db.sql("insert into follower (name, state) values (?, ?) on conflict do nothing")
                .params(name(), waits ? "BUILDING" : "LIVE")
                .update();
    }

    void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().daemon().name(name()).start(this::follow);
    }

    void stop() {
        stopping.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            while (stopping.getCount() > 0) {
                var news = tail.await(reached.get() + 1, IDLE);
                if (news && skipQuiet()) {
                    continue;
                }
                if (news || written < reached.get()) {
                    follow(pausedAt == null ? TAKEN : FAULT);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: stopped", name());
        }
    }

    /// Passes events that do not concern it without asking the database. Its row follows with the next batch, or
    /// after a second.
    private boolean skipQuiet() {
        var upTo = tail.reached();
        var stale = System.nanoTime() - writtenAt > IDLE.toNanos();
        if (stale || !placed || pausedAt != null || careful || !quiet(upTo)) {
            return false;
        }
        reached.set(upTo);
        return true;
    }

    private boolean quiet(long upTo) {
        try {
            return log.recent(reached.get(), upTo, subscriber.contexts())
                    .filter(events -> events.stream()
                            .allMatch(event -> event.known()
                                    && subscriber.sequencesOf(event).isEmpty()))
                    .isPresent();
        } catch (RuntimeException e) { // the batch meets it again, and knows what to do about it
            LOG.debug("{}: left to the batch", name(), e);
            return false;
        }
    }

    private void follow(Duration otherwise) throws InterruptedException {
        try {
            var moved = inTurn();
            moved.ifPresent(reached::set);
            fault = FAULT;
            stopping.await((busy ? DEEP_BREATH : BREATH).toMillis(), MILLISECONDS);
            if (moved.isEmpty()) { // another process has it, or it is paused
                stopping.await(otherwise.toMillis(), MILLISECONDS);
                reached.set(status().position());
            }
        } catch (RuntimeException e) {
            if (!careful && !Faults.transientFault(e)) {
                careful = true;
                LOG.info("{}: a batch failed, doing it again event by event", name(), e);
            } else {
                LOG.warn("{}: trying again in {}", name(), fault, e);
                stopping.await(fault.toMillis(), MILLISECONDS);
                var longer = fault.multipliedBy(2);
                fault = longer.compareTo(LONGEST_FAULT) < 0 ? longer : LONGEST_FAULT;
            }
        }
    }

    private Optional<Long> inTurn() throws InterruptedException {
        turns.acquire();
        try {
            return requireNonNull(transaction.execute(_ -> batch()));
        } finally {
            turns.release();
        }
    }

    /// Where its row stands.
    ///
    /// @param building whether it waits to be put at a position
    /// @param parked   whether events of it wait in the dead letters
    private record Place(long position, boolean building, boolean parked) {}

    /// @return where the position is after the batch; empty when it could not move
    private Optional<Long> batch() {
        var place = take();
        var upTo = tail.reached();
        if (place.isEmpty() || place.get().building()) {
            return Optional.empty();
        }
        var from = place.get().position();
        placed = true;
        written = from;
        writtenAt = System.nanoTime();
        if (from >= upTo) {
            return Optional.of(from);
        }
        var events = log.read(from, upTo, subscriber.contexts(), BATCH);
        var known = events.stream().takeWhile(RecordedEvent::known).toList();
        deliver(known, place.get().parked() ? letters.parked(name()) : new HashSet<>());
        if (known.size() < events.size()) {
            pause(events.get(known.size()), known.isEmpty() ? from : last(known));
            return Optional.empty();
        }
        pausedAt = null;
        busy = events.size() >= MANY;
        var to = events.size() >= BATCH ? last(events) : upTo;
        moveTo(db, to);
        written = to;
        return Optional.of(to);
    }

    /// Its row, unless another process has it. What a crash takes back of a batch is done again from the position
    /// before, so its transaction need not wait for the disk. A batch finds rows by their keys: a plan made when
    /// the table was small must not read all of it.
    private Optional<Place> take() {
        return db.sql("""
                        select position, state = 'BUILDING', exists (select from dead_letter where source = follower.name),
                               set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true)
                        from follower where name = ? for update skip locked
                        """)
                .param(name())
                .query((row, _) -> new Place(row.getLong(1), row.getBoolean(2), row.getBoolean(3)))
                .optional();
    }

    private static long last(List<RecordedEvent> events) {
        return events.getLast().meta().position();
    }

    private void pause(RecordedEvent unknown, long position) {
        if (!unknown.toString().equals(pausedAt)) {
            pausedAt = unknown.toString();
            LOG.warn("{}: pausing at {}, which this version does not know", name(), unknown);
        }
        db.sql("update follower set position = ?, state = 'PAUSED', detail = ?, updated_at = now() where name = ?")
                .params(position, unknown.toString(), name())
                .update();
    }

    private void deliver(List<RecordedEvent> events, Set<String> parked) {
        var ready = new ArrayList<Delivery>();
        for (var event : events) {
            for (var sequence : careful ? sequencesOrPark(event, parked) : subscriber.sequencesOf(event)) {
                if (parked.contains(sequence)) {
                    letters.park(name(), sequence, event.meta(), null);
                } else if (careful) {
                    tryAlone(new Delivery(event, sequence), parked);
                } else {
                    ready.add(new Delivery(event, sequence));
                }
            }
        }
        if (!ready.isEmpty()) {
            subscriber.handle(ready);
        }
        careful = false;
    }

    /// What cannot even be read has no sequence of its own: it is parked under its aggregate's.
    private List<String> sequencesOrPark(RecordedEvent event, Set<String> parked) {
        try {
            return List.copyOf(subscriber.sequencesOf(event));
        } catch (RuntimeException e) {
            var sequence = event.meta().aggregateUuid().toString();
            letters.park(name(), sequence, event.meta(), e);
            parked.add(sequence);
            return List.of();
        }
    }

    private void tryAlone(Delivery delivery, Set<String> parked) {
        try {
            attempt.executeWithoutResult(_ -> subscriber.handle(List.of(delivery)));
        } catch (RuntimeException e) {
            if (Faults.transientFault(e)) {
                throw e;
            }
            LOG.warn("{}: {} is parked", name(), delivery.event(), e);
            letters.park(name(), delivery.sequence(), delivery.event().meta(), e);
            parked.add(delivery.sequence());
        }
    }

    /// Tries the letters of a sequence again, oldest first, until one fails again or none is left.
    ///
    /// @param redo sends a parked command; throws when it fails again
    /// @return how many were handled
    int retry(String sequence, Consumer<Map<String, String>> redo) {
        var handled = 0;
        for (var head = head(sequence); head.isPresent(); head = head(sequence)) {
            var letter = head.get();
            if (!(letter.kind() == DeadLetter.Kind.COMMAND ? redo(letter, redo) : redeliver(letter))) {
                break;
            }
            handled++;
        }
        return handled;
    }

    private Optional<DeadLetter> head(String sequence) {
        return letters.sequence(name(), sequence).stream().findFirst();
    }

    private boolean redo(DeadLetter letter, Consumer<Map<String, String>> redo) {
        try {
            redo.accept(letters.command(letter.id()));
            // Under the lock: an event that is being parked behind it is parked before it goes, and is seen next.
            transaction.executeWithoutResult(_ -> {
                lock(db);
                letters.delete(letter.id());
            });
            return true;
        } catch (RuntimeException e) {
            letters.failedAgain(letter, e);
            return false;
        }
    }

    private boolean redeliver(DeadLetter letter) {
        return requireNonNull(transaction.execute(_ -> {
            lock(db);
            if (letters.find(letter.id()).isEmpty()) {
                return true; // somebody else has just done it
            }
            var position = requireNonNull(letter.position()).index();
            try {
                attempt.executeWithoutResult(_ -> {
                    var event = log.read(position - 1, position, Set.of(), 1).getFirst();
                    subscriber.handle(List.of(new Delivery(event, letter.sequence())));
                });
                letters.delete(letter.id());
                return true;
            } catch (RuntimeException e) {
                letters.failedAgain(letter, e);
                return false;
            }
        }));
    }

    /// Gives a letter up. What waits behind it is tried if it was the first of its sequence.
    void discard(UUID id, Consumer<Map<String, String>> redo) {
        letters.find(id).ifPresent(letter -> {
            var first = head(letter.sequence()).filter(letter::equals).isPresent();
            letters.delete(id);
            if (first) {
                retry(letter.sequence(), redo);
            }
        });
    }
}
