package mutirao.api;

/// A fact in the event store. Each context seals its own kind of it.
public interface DomainEvent {
    /// The aggregate it happened to.
    AggregateId id();
}
