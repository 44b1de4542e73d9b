package mutirao.platform.eventstore;

import java.util.Map;

/// An event store that commits by itself, beside the database: Axon Server. With PostgreSQL there is none, since events
/// are part of the database's own transaction.
public interface Engine {
    /// The position of the newest event.
    long horizon();

    /// Whether an aggregate has an event at a version that carries this metadata.
    ///
    /// @param aggregateId its identifier in the store
    boolean has(String aggregateId, long version, Map<String, String> metadata);
}
