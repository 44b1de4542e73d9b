package mutirao.platform.stream;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NESTED;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Reached;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.eventstore.Tail;
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
    private final PositionRow row;
    private final Handover handover;
    private final Redelivery redelivery;
    private final TransactionTemplate transaction;
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
        this.row = new PositionRow(db, subscriber.name());
        this.transaction = new TransactionTemplate(transactions);
        var attempt = new TransactionTemplate(transactions);
        attempt.setPropagationBehavior(PROPAGATION_NESTED);
        this.handover = new Handover(subscriber, letters, attempt);
        this.redelivery = new Redelivery(subscriber, log, letters, row, transaction, attempt);
    }

    /// The subscriber's name.
    public String name() {
        return subscriber.name();
    }

    /// Where it stands.
    public PositionRow.Status status() {
        return row.status();
    }

    /// Its row, for whoever puts it somewhere else.
    public PositionRow row() {
        return row;
    }

    /// What it could not handle.
    Redelivery redelivery() {
        return redelivery;
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

    void register() {
        row.register(subscriber.waitsToBeBuilt() && log.horizon() > 0);
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

    /// @return where the position is after the batch; empty when it could not move
    private Optional<Long> batch() {
        var place = row.take();
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
        var parked = place.get().parked() ? letters.parked(name()) : new HashSet<String>();
        if (careful) {
            handover.oneByOne(known, parked);
        } else {
            handover.together(known, parked);
        }
        careful = false;
        if (known.size() < events.size()) {
            pause(events.get(known.size()), known.isEmpty() ? from : last(known));
            return Optional.empty();
        }
        pausedAt = null;
        busy = events.size() >= MANY;
        var to = events.size() >= BATCH ? last(events) : upTo;
        row.moveTo(to);
        written = to;
        return Optional.of(to);
    }

    private static long last(List<RecordedEvent> events) {
        return events.getLast().meta().position();
    }

    private void pause(RecordedEvent unknown, long position) {
        if (!unknown.toString().equals(pausedAt)) {
            pausedAt = unknown.toString();
            LOG.warn("{}: pausing at {}, which this version does not know", name(), unknown);
        }
        row.pause(position, unknown.toString());
    }
}
