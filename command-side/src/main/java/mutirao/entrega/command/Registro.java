package mutirao.entrega.command;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import mutirao.api.AggregateId;

/// Whether an organization has ever recorded anything of an aggregate. Another organization's is as good as not there.
@FunctionalInterface
interface Registro {
    /// Whether the aggregate exists in that organization.
    boolean existe(AggregateId id, UUID organization);

    /// Looks at the event store.
    ///
    /// @param owner the organization of a stored identifier
    static Registro of(Function<String, Optional<UUID>> owner) {
        return (id, organization) ->
                owner.apply(id.stored()).filter(organization::equals).isPresent();
    }
}
