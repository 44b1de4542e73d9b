package mutirao.entrega.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Ocorrido;
import mutirao.api.Personal;
import mutirao.api.Quantia;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaId;
import org.jspecify.annotations.Nullable;

/// What happened to a delivery.
public sealed interface EntregaEvent extends DomainEvent {
    @Override
    EntregaId id();

    /// @param reservaId the hold on the offer: one made by hand, or the delivery's own id
    @EventType("entrega.EntregaSolicitada")
    record EntregaSolicitada(
            EntregaId id,
            OfertaId ofertaId,
            NecessidadeId necessidadeId,
            UUID volunteerId,
            List<Quantia> items,
            UUID reservaId)
            implements EntregaEvent {}

    /// @param acceptUntil when the volunteer's silence ends the delivery
    @EventType("entrega.AssignmentCriado")
    record AssignmentCriado(EntregaId id, UUID volunteerId, Instant acceptUntil) implements EntregaEvent {}

    @EventType("entrega.VoluntarioNotificado")
    record VoluntarioNotificado(EntregaId id, UUID volunteerId) implements EntregaEvent {}

    /// @param finishUntil when a delivery that was not concluded fails
    @EventType("entrega.EntregaAceita")
    record EntregaAceita(EntregaId id, UUID volunteerId, Instant finishUntil) implements EntregaEvent {}

    @EventType("entrega.EntregaRecusada")
    record EntregaRecusada(
            EntregaId id,
            UUID volunteerId,
            @Personal(subject = "volunteerId") String reason) implements EntregaEvent {}

    @EventType("entrega.EntregaIniciada")
    record EntregaIniciada(
            EntregaId id,
            UUID volunteerId,
            OfertaId ofertaId,
            NecessidadeId necessidadeId,
            List<Quantia> items,
            @Nullable Instant occurredAt)
            implements EntregaEvent, Ocorrido {}

    /// One per position.
    @EventType("entrega.EntregaEmRota")
    record EntregaEmRota(
            EntregaId id,
            UUID volunteerId,
            @Personal(subject = "volunteerId") double latitude,
            @Personal(subject = "volunteerId") double longitude,
            @Nullable Instant occurredAt)
            implements EntregaEvent, Ocorrido {}

    /// @param attempts wrong codes since the code was last renewed, from 1
    @EventType("entrega.CodigoRecusado")
    record CodigoRecusado(EntregaId id, int attempts) implements EntregaEvent {}

    @EventType("entrega.CodigoBloqueado")
    record CodigoBloqueado(EntregaId id) implements EntregaEvent {}

    /// @param counter what the new code is derived from, beside the delivery's id
    @EventType("entrega.CodigoRenovado")
    record CodigoRenovado(EntregaId id, int counter) implements EntregaEvent {}

    /// @param confirmationCode the code, spent
    @EventType("entrega.EntregaConcluida")
    record EntregaConcluida(
            EntregaId id,
            UUID receiverId,
            String confirmationCode,
            @Nullable Instant occurredAt) implements EntregaEvent, Ocorrido {}

    /// @param goodsReturned null where the goods never left
    @EventType("entrega.EntregaCancelada")
    record EntregaCancelada(
            EntregaId id, String reason, @Nullable Boolean goodsReturned) implements EntregaEvent {}

    /// The seed's SagaError.
    ///
    /// @param step   what the delivery was waiting for
    /// @param reason the broken rule or the deadline that passed
    @EventType("entrega.EntregaFalhou")
    record EntregaFalhou(EntregaId id, Passo step, String reason) implements EntregaEvent {}
}
