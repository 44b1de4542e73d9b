package mutirao.platform.eventstore;

import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Where the events of a unit of work went, known from the moment they are appended, before they commit.
public final class Positions {
    private static final String LAST = Positions.class.getName();

    private Positions() {}

    /// The last event of a unit of work.
    ///
    /// @param position its place in the global order; 0 on Axon Server, which tells it after the commit
    /// @param version  its place in its aggregate's order
    public record Last(long position, long version) {}

    static void note(List<? extends EventMessage<?>> events, List<Long> positions) {
        note(events, positions.getLast());
    }

    /// Notes what a store is given that commits by itself, and so has no positions for it yet.
    public static void follow(EventStore store) {
        store.subscribe(events -> note(events, 0));
    }

    private static void note(List<? extends EventMessage<?>> events, long position) {
        var version = events.getLast() instanceof DomainEventMessage<?> event ? event.getSequenceNumber() : 0;
        CurrentUnitOfWork.ifStarted(unit -> unit.root().resources().put(LAST, new Last(position, version)));
    }

    /// The last event that this unit of work has appended; empty for none.
    public static Optional<Last> of(UnitOfWork<?> unit) {
        return Optional.ofNullable(unit.root().getResource(LAST));
    }
}
