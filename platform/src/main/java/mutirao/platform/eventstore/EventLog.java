package mutirao.platform.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The global order of events, read by position. The same for both event stores.
public interface EventLog {
    /// The highest position up to which every event is visible or will never exist. Never decreases in one process.
    long horizon();

    /// Whether an event has been recorded at a position, or was begun to be, by whichever process.
    ///
    /// @return true also where the store cannot tell
    default boolean mayHave(long position) {
        return true;
    }

    /// Events in order of position.
    ///
    /// @param after    exclusive; 0 for the first
    /// @param upTo     inclusive, not above [#horizon]
    /// @param contexts only of these; empty for all
    /// @param limit    so many, unless there are fewer; more only where an upcaster made several of the last one
    List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit);

    /// The events at some positions, in order of position. A position without an event is left out.
    List<RecordedEvent> at(Collection<Long> positions);

    /// How many events of some contexts there are up to a position, or a little more where the store cannot tell.
    ///
    /// @param contexts empty for all
    long count(long upTo, Set<String> contexts);

    /// The organization of an aggregate, which its first event names for good.
    ///
    /// @param aggregateId its identifier in the store
    /// @return empty when there is no such aggregate
    Optional<UUID> organizationOf(String aggregateId);

    /// The events of some contexts between two positions, in order, if that is known without asking the store.
    ///
    /// @param after    exclusive
    /// @param upTo     inclusive
    /// @param contexts empty for all
    default Optional<List<RecordedEvent>> recent(long after, long upTo, Set<String> contexts) {
        return Optional.empty();
    }
}
