package mutirao.api;

import java.util.UUID;

/// The identity of an aggregate: a bare UUID in JSON, `<context>-<uuid>` in the event store, where identifiers are
/// unique without their type. Implementations return [#stored] from `toString`, which is what Axon stores.
public interface AggregateId {
    /// The UUID that clients know.
    UUID value();

    /// The context that owns the aggregate.
    String context();

    /// The identifier in the event store.
    default String stored() {
        return context() + "-" + value();
    }
}
