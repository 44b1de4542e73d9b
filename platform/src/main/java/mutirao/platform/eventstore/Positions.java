package mutirao.platform.eventstore;

import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Where the events of a unit of work went, known from the moment they are appended, before they commit.
public final class Positions {
    private static final String LAST = Positions.class.getName();

    private Positions() {}

    /// The last event of a unit of work.
    ///
    /// @param position its place in the global order
    /// @param version  its place in its aggregate's order
    public record Last(long position, long version) {}

    static void note(List<? extends EventMessage<?>> events, List<Long> positions) {
        var version = events.getLast() instanceof DomainEventMessage<?> event ? event.getSequenceNumber() : 0;
        CurrentUnitOfWork.ifStarted(unit -> unit.root().resources().put(LAST, new Last(positions.getLast(), version)));
    }

    /// The last event that this unit of work has appended; empty for none, and on Axon Server, which does not tell.
    public static Optional<Last> of(UnitOfWork<?> unit) {
        return Optional.ofNullable(unit.root().getResource(LAST));
    }
}
