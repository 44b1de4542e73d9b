package mutirao.entrega.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Local;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.AssignmentCriado;
import mutirao.entrega.api.EntregaEvent.CodigoBloqueado;
import mutirao.entrega.api.EntregaEvent.CodigoRecusado;
import mutirao.entrega.api.EntregaEvent.CodigoRenovado;
import mutirao.entrega.api.EntregaEvent.VoluntarioNotificado;
import mutirao.entrega.api.Passo;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.EventoPublico.Lugar;
import mutirao.integracao.api.Traducao;
import mutirao.messaging.Publishes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What other systems are told of deliveries. What is asked of people, and codes, are nobody else's.
@Component
final class EntregaTraducao implements Traducao<EntregaEvent> {
    private static final String TOPIC = "mutirao.entrega";

    @Override
    public @Nullable EventoPublico of(EntregaEvent event) {
        var id = event.id().value();
        return switch (event) {
            case EntregaEvent.EntregaSolicitada e ->
                new EntregaSolicitada(
                        id, e.ofertaId().value(), e.necessidadeId().value(), e.volunteerId(), e.items());
            case AssignmentCriado e -> new EntregaAtribuida(id, e.volunteerId(), e.acceptUntil());
            case EntregaEvent.EntregaAceita e -> new EntregaAceita(id, e.volunteerId(), e.finishUntil());
            case EntregaEvent.EntregaRecusada e -> new EntregaRecusada(id, e.volunteerId());
            case EntregaEvent.EntregaIniciada e ->
                new EntregaIniciada(
                        id,
                        e.volunteerId(),
                        e.ofertaId().value(),
                        e.necessidadeId().value(),
                        e.items(),
                        e.occurredAt());
            case EntregaEvent.EntregaEmRota e ->
                new EntregaEmRota(
                        id,
                        e.volunteerId(),
                        new Lugar(Local.aproximado(e.latitude()), Local.aproximado(e.longitude())),
                        e.occurredAt());
            case EntregaEvent.EntregaConcluida e -> new EntregaConcluida(id, e.receiverId(), e.occurredAt());
            case EntregaEvent.EntregaCancelada e -> new EntregaCancelada(id, e.goodsReturned());
            case EntregaEvent.EntregaFalhou e -> new EntregaFalhou(id, e.step(), e.reason());
            case VoluntarioNotificado _, CodigoRecusado _, CodigoBloqueado _, CodigoRenovado _ -> null;
        };
    }

    @Publishes(value = "entrega.solicitada", topic = TOPIC)
    record EntregaSolicitada(UUID id, UUID ofertaId, UUID necessidadeId, UUID volunteerId, List<Quantia> items)
            implements EventoPublico {}

    @Publishes(value = "entrega.atribuida", topic = TOPIC)
    record EntregaAtribuida(UUID id, UUID volunteerId, Instant acceptUntil) implements EventoPublico {}

    @Publishes(value = "entrega.aceita", topic = TOPIC)
    record EntregaAceita(UUID id, UUID volunteerId, Instant finishUntil) implements EventoPublico {}

    @Publishes(value = "entrega.recusada", topic = TOPIC)
    record EntregaRecusada(UUID id, UUID volunteerId) implements EventoPublico {}

    @Publishes(value = "entrega.iniciada", topic = TOPIC)
    record EntregaIniciada(
            UUID id,
            UUID volunteerId,
            UUID ofertaId,
            UUID necessidadeId,
            List<Quantia> items,
            @Nullable Instant occurredAt)
            implements EventoPublico {}

    /// A position, as roughly as a place.
    @Publishes(value = "entrega.em-rota", topic = TOPIC)
    record EntregaEmRota(
            UUID id,
            UUID volunteerId,
            Lugar location,
            @Nullable Instant occurredAt) implements EventoPublico {}

    @Publishes(value = "entrega.concluida", topic = TOPIC)
    record EntregaConcluida(
            UUID id, UUID receiverId, @Nullable Instant occurredAt) implements EventoPublico {}

    /// @param goodsReturned null where the goods never left
    @Publishes(value = "entrega.cancelada", topic = TOPIC)
    record EntregaCancelada(UUID id, @Nullable Boolean goodsReturned) implements EventoPublico {}

    /// @param step   what it was waiting for
    /// @param reason the broken rule or the deadline that passed
    @Publishes(value = "entrega.falhou", topic = TOPIC)
    record EntregaFalhou(UUID id, Passo step, String reason) implements EventoPublico {}
}
