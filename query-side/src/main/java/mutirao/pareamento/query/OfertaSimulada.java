package mutirao.pareamento.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.OfertaReservada;
import mutirao.oferta.api.OfertaEvent.ReservaBaixada;
import mutirao.oferta.api.OfertaEvent.ReservaCancelada;
import mutirao.oferta.api.OfertaEvent.ReservaConfirmada;
import mutirao.oferta.api.OfertaEvent.ReservaExpirada;
import mutirao.oferta.api.OfertaEvent.ReservaRecusada;
import mutirao.oferta.api.OfertaResumo;
import mutirao.pareamento.query.Par.Quota;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import org.jspecify.annotations.Nullable;

/// An offer in a simulation: as recorded, without the holds of the period, and less what the rule has taken.
@RecordBuilder.Include(OfertaResumo.class)
final class OfertaSimulada {
    private final Projection<OfertaEvent, OfertaResumo> fold;
    private final Set<UUID> leftOut = new HashSet<>();
    private @Nullable OfertaResumo row;
    private final Tomado<Sobra> taken = new Tomado<>(Quota::offer, units -> Sobra.de(requireNonNull(row), units));

    OfertaSimulada(Projection<OfertaEvent, OfertaResumo> fold) {
        this.fold = fold;
    }

    /// An event from before the period.
    ///
    /// @return whether something can have become available
    boolean before(OfertaEvent event, EventMeta meta) {
        row = OfertaResumoBuilder.builder(requireNonNull(fold.next(row, event, meta)))
                .metadata(Map.of()) // of what is held by the hundred thousand, only what counts
                .reason(null)
                .build();
        taken.changed();
        return true;
    }

    /// An event of the period.
    ///
    /// @return whether something can have become available
    boolean during(OfertaEvent event, EventMeta meta) {
        var told = switch (event) {
            case OfertaReservada e -> {
                leftOut.add(e.reservaId());
                yield false;
            }
            case ReservaConfirmada e -> !leftOut.contains(e.reservaId());
            case ReservaCancelada e -> !leftOut.remove(e.reservaId());
            case ReservaExpirada e -> !leftOut.remove(e.reservaId());
            case ReservaBaixada e -> !leftOut.remove(e.reservaId());
            case ReservaRecusada _ -> false;
            case OfertaEvent.OfertaPublicada _,
                    OfertaEvent.OfertaAtualizada _,
                    OfertaEvent.OfertaExpirada _,
                    OfertaEvent.OfertaCancelada _ -> true;
        };
        return told && before(event, meta);
    }

    boolean ended() {
        return requireNonNull(row).status().encerrada();
    }

    Sobra left() {
        return taken.rest();
    }

    /// What is left of it; nothing before its first event.
    List<Resto> items() {
        return row == null ? List.of() : left().items();
    }

    void take(List<Quota> quotas) {
        taken.take(quotas);
    }

    void giveBack(List<Quota> quotas) {
        taken.giveBack(quotas);
    }
}
