package mutirao.api;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// A wish addressed to one aggregate, which decides. Each context seals its own kind of it.
public interface DomainCommand {
    /// The aggregate that decides.
    @TargetAggregateIdentifier
    AggregateId id();
}
