package mutirao.pareamento.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Local;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaResumo;

/// An offer as a matching sees it: what is left of it, where and until when.
///
/// @param items empty when nothing is left or it has ended
record Sobra(UUID id, Local location, Instant availableUntil, List<Resto> items) {
    /// @param taken units already matched, by line
    static Sobra de(OfertaResumo offer, Map<String, Long> taken) {
        return new Sobra(
                offer.id(),
                offer.location(),
                offer.availableUntil(),
                offer.status().encerrada() ? List.of() : Resto.of(offer.items(), LinhaOferta::available, taken));
    }

    /// Whether something of it can be reserved at that time.
    boolean aberta(Instant at) {
        return !items.isEmpty() && at.isBefore(availableUntil);
    }
}
