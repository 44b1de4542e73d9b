package mutirao.oferta.api;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about offers.
public sealed interface OfertaQuery<R> extends Query<R> {
    record BuscarOferta(OfertaId id) implements OfertaQuery<Optional<OfertaResumo>> {}

    /// The holds on an offer that are on, those that lapse first before the others; none for an offer that is not
    /// there.
    ///
    /// @param limit at most so many
    record ListarReservas(OfertaId id, int limit) implements OfertaQuery<ReservasAtivas> {}

    /// Filters that are null do not filter.
    ///
    /// @param availableAt offers that can still be reserved and will not have ended by then
    /// @param q           words that the items contain, or, of what is seen whole, the place or the metadata
    /// @param near        compared with the place that the caller sees, exact or rounded
    record ListarOfertas(
            @Nullable OfertaStatus status,
            @Nullable Categoria category,
            @Nullable UUID providerId,
            @Nullable Instant availableAt,
            @Nullable String q,
            @Nullable Perto near,
            PageRequest page)
            implements OfertaQuery<Page<OfertaResumo>> {}

    /// Offers of which one of some items can still be reserved, and that will not have ended by then: in the circle
    /// or of unknown place, nearest first. Names are compared without accents and case. One page, without a next.
    ///
    /// @param items names as typed
    /// @param near  null for anywhere, the one that ends first before the others
    /// @param limit at most so many
    record ListarOfertasDe(
            Set<String> items,
            Instant availableAt,
            @Nullable Perto near,
            int limit) implements OfertaQuery<Page<OfertaResumo>> {}
}
