package mutirao.platform.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The newest events without a hole, read and decoded once for all who follow the log. Thread-safe.
final class Recent {
    private static final int KEPT = 2_000;

    private final Source source;
    private final Deque<RecordedEvent> events = new ArrayDeque<>();
    private long after;
    private volatile long upTo;

    /// Where they are read from.
    interface Source {
        List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit);
    }

    Recent(Source source) {
        this.source = source;
    }

    /// Up to where it knows the log, inclusive.
    long upTo() {
        return upTo;
    }

    /// Reads on, up to a position. What was committed long ago is left in the store.
    void extend(long reached) {
        if (reached <= upTo) {
            return;
        }
        var news = reached - upTo > KEPT ? List.<RecordedEvent>of() : source.read(upTo, reached, Set.of(), KEPT);
        synchronized (this) {
            if (reached - upTo > KEPT) {
                events.clear();
                after = reached;
            }
            events.addAll(news);
            while (events.size() > KEPT) {
                after = events.removeFirst().meta().position();
            }
            upTo = reached;
        }
    }

    /// The events between two positions; empty when not all of them are here.
    ///
    /// @param from     exclusive
    /// @param to       inclusive
    /// @param contexts only of these; empty for all
    /// @param limit    at most so many
    synchronized Optional<List<RecordedEvent>> find(long from, long to, Set<String> contexts, int limit) {
        if (from < after || to > upTo) {
            return Optional.empty();
        }
        var found = new ArrayList<RecordedEvent>();
        for (var newest = events.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            var position = event.meta().position();
            if (position <= from) {
                break;
            }
            if (position <= to
                    && (contexts.isEmpty() || contexts.contains(event.meta().aggregateType()))) {
                found.add(event);
            }
        }
        var inOrder = found.reversed();
        var size = Math.min(limit, inOrder.size());
        while (size > 0 && size < inOrder.size() && position(inOrder, size) == position(inOrder, size - 1)) {
            size++; // an upcaster made several of one: they are not parted
        }
        return Optional.of(List.copyOf(inOrder.subList(0, size)));
    }

    private static long position(List<RecordedEvent> events, int index) {
        return events.get(index).meta().position();
    }
}
