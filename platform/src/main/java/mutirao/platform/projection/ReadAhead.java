package mutirao.platform.projection;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Parking.Keyed;

/// Reads the log for a rebuild: while one batch is folded, the next is decoded and the one after is read.
final class ReadAhead {
    /// Events in a batch.
    static final int FETCH = 5_000;

    private final EventLog log;
    private final ProjectionSubscriber<?> subscriber;
    private final Supplier<Executor> where;

    /// @param where asked for each batch: where it is read and decoded
    ReadAhead(EventLog log, ProjectionSubscriber<?> subscriber, Supplier<Executor> where) {
        this.log = log;
        this.subscriber = subscriber;
        this.where = where;
    }

    /// A batch on its way.
    ///
    /// @param upTo known as soon as it is read
    record Batch(CompletableFuture<Long> upTo, CompletableFuture<List<Keyed>> keyed) {}

    /// The first one.
    Batch from(long position, long end) {
        return after(CompletableFuture.completedFuture(position), end);
    }

    /// The one behind another.
    Batch after(Batch one, long end) {
        return after(one.upTo(), end);
    }

    private Batch after(CompletableFuture<Long> from, long end) {
        var executor = where.get();
        var events = from.thenApplyAsync(after -> log.read(after, end, subscriber.contexts(), FETCH), executor);
        return new Batch(
                events.thenApply(
                        read -> read.size() >= FETCH ? read.getLast().meta().position() : end),
                events.thenApplyAsync(read -> read.stream().map(this::keyed).toList(), executor));
    }

    /// An event with the key of the row that it concerns.
    ///
    /// @throws IllegalStateException when this version does not know it
    Keyed keyed(RecordedEvent event) {
        if (!event.known()) {
            throw new IllegalStateException("this version does not know " + event);
        }
        try {
            return new Keyed(event, subscriber.keyOf(event), null);
        } catch (RuntimeException e) { // a projection's code, or decoding: whatever it throws is the event's fault
            return new Keyed(event, null, e);
        }
    }
}
