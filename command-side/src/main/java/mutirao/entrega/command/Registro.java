package mutirao.entrega.command;

import java.util.Optional;
import java.util.function.Function;
import mutirao.api.AggregateId;

/// Whether something has ever been recorded of an aggregate.
@FunctionalInterface
interface Registro {
    /// Whether the aggregate exists.
    boolean existe(AggregateId id);

    /// Looks at the event store.
    ///
    /// @param lastSequence the last sequence number of a stored identifier
    static Registro of(Function<String, Optional<Long>> lastSequence) {
        return id -> lastSequence.apply(id.stored()).isPresent();
    }
}
