package mutirao.platform.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The global order of events, read by position. The same for both event stores.
public interface EventLog {
    /// The highest position up to which every event is visible or will never exist. Never decreases in one process.
    long horizon();

    /// Events in order of position.
    ///
    /// @param after    exclusive; 0 for the first
    /// @param upTo     inclusive, not above [#horizon]
    /// @param contexts only of these; empty for all
    /// @param limit    at most so many
    List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit);

    /// What the events at some positions say, as the JSON that is stored, by position.
    Map<Long, String> payloads(Collection<Long> positions);
}
