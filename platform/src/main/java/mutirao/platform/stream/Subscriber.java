package mutirao.platform.stream;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;

/// Something that is told every event of some contexts, in order, once per transaction that commits.
public interface Subscriber {
    /// Its name, the `source` of its dead letters: `<kind>:<name>`, and `@<version>` behind it from the second on.
    String name();

    /// Whether it waits, when it is new to a log that has events, until somebody has put it at a position.
    default boolean waitsToBeBuilt() {
        return false;
    }

    /// The contexts whose events it wants; empty for all.
    Set<String> contexts();

    /// The sequences that an event belongs to; none when it does not concern the subscriber. Events of one sequence
    /// are handled in order, and wait behind one that could not be handled.
    Collection<String> sequencesOf(RecordedEvent event);

    /// Handles events, in the running transaction, which also moves the position. May be called again with the same
    /// events after a rollback.
    void handle(List<Delivery> deliveries);

    /// One event for one of its sequences.
    record Delivery(RecordedEvent event, String sequence) {}
}
