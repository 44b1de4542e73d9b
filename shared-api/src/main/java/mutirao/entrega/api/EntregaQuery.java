package mutirao.entrega.api;

import java.util.Optional;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about deliveries.
public sealed interface EntregaQuery<R> extends Query<R> {
    record BuscarEntrega(EntregaId id) implements EntregaQuery<Optional<EntregaResumo>> {}

    /// The code with which a delivery is concluded: the receiver's, and coordination's for those who cannot ask for
    /// it. Empty where the asker sees no such delivery; refused to others, and before the goods are on their way.
    record BuscarCodigo(EntregaId id) implements EntregaQuery<Optional<Codigo>> {}

    /// @param code six digits
    record Codigo(String code) {}

    /// Filters that are null do not filter.
    record ListarEntregas(
            @Nullable EntregaStatus status,
            @Nullable UUID volunteerId,
            @Nullable UUID ofertaId,
            @Nullable UUID necessidadeId,
            PageRequest page)
            implements EntregaQuery<Page<EntregaResumo>> {}
}
