package mutirao.oferta.api;

import java.util.List;

/// The holds on an offer that are on.
///
/// @param total    how many there are
/// @param primeiras those of them that were asked for
public record ReservasAtivas(long total, List<OfertaResumo.Reserva> primeiras) {}
