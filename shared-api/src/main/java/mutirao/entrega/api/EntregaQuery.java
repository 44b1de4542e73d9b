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

    /// Filters that are null do not filter.
    record ListarEntregas(
            @Nullable EntregaStatus status,
            @Nullable UUID volunteerId,
            @Nullable UUID ofertaId,
            @Nullable UUID necessidadeId,
            PageRequest page)
            implements EntregaQuery<Page<EntregaResumo>> {}
}
