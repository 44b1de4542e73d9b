package mutirao.integracao.command;

import java.util.Optional;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.Local;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.AssignmentCriado;
import mutirao.entrega.api.EntregaEvent.CodigoBloqueado;
import mutirao.entrega.api.EntregaEvent.CodigoRecusado;
import mutirao.entrega.api.EntregaEvent.CodigoRenovado;
import mutirao.entrega.api.EntregaEvent.EntregaAceita;
import mutirao.entrega.api.EntregaEvent.EntregaCancelada;
import mutirao.entrega.api.EntregaEvent.EntregaConcluida;
import mutirao.entrega.api.EntregaEvent.EntregaEmRota;
import mutirao.entrega.api.EntregaEvent.EntregaFalhou;
import mutirao.entrega.api.EntregaEvent.EntregaIniciada;
import mutirao.entrega.api.EntregaEvent.EntregaRecusada;
import mutirao.entrega.api.EntregaEvent.EntregaSolicitada;
import mutirao.entrega.api.EntregaEvent.VoluntarioNotificado;
import mutirao.entrega.api.EntregaId;
import mutirao.integracao.command.EventoPublico.Lugar;
import mutirao.integracao.command.EventoPublico.Relacao;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoLiberado;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoRecusado;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtendida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtualizada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeComprometida;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeExpirada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadePublicada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeRecolhida;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.OfertaAtualizada;
import mutirao.oferta.api.OfertaEvent.OfertaCancelada;
import mutirao.oferta.api.OfertaEvent.OfertaExpirada;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaEvent.OfertaReservada;
import mutirao.oferta.api.OfertaEvent.ReservaBaixada;
import mutirao.oferta.api.OfertaEvent.ReservaCancelada;
import mutirao.oferta.api.OfertaEvent.ReservaConfirmada;
import mutirao.oferta.api.OfertaEvent.ReservaExpirada;
import mutirao.oferta.api.OfertaEvent.ReservaRecusada;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.PrioridadeAlterada;
import mutirao.ticket.api.TicketEvent.TicketAtrasado;
import mutirao.ticket.api.TicketEvent.TicketAtribuido;
import mutirao.ticket.api.TicketEvent.TicketComentado;
import mutirao.ticket.api.TicketEvent.TicketCriado;
import mutirao.ticket.api.TicketEvent.TicketFechado;
import mutirao.ticket.api.TicketEvent.TicketReaberto;
import org.jspecify.annotations.Nullable;

/// What other systems are told of a domain event. A new event does not compile until somebody has decided that.
/// Nothing of people, organizations and refusals inside is told.
public final class Traducao {
    private Traducao() {}

    /// What is told of an event; empty for nothing.
    public static Optional<EventoPublico> of(DomainEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case NecessidadeEvent e -> of(e);
                    case OfertaEvent e -> of(e);
                    case EntregaEvent e -> of(e);
                    case TicketEvent e -> of(e);
                    default -> null;
                });
    }

    private static @Nullable EventoPublico of(NecessidadeEvent event) {
        var id = event.id().value();
        return switch (event) {
            case NecessidadeCriada e ->
                new EventoPublico.NecessidadeCriada(
                        id, e.category(), e.urgency(), e.items(), lugar(e.location()), e.neededUntil());
            case NecessidadeAtualizada e ->
                new EventoPublico.NecessidadeAtualizada(
                        id, e.category(), e.urgency(), e.items(), lugar(e.location()), e.neededUntil());
            case NecessidadeCancelada e ->
                new EventoPublico.NecessidadeCancelada(
                        id, e.entregas().stream().map(EntregaId::value).toList());
            case NecessidadeExpirada e -> new EventoPublico.NecessidadeExpirada(id, e.neededUntil());
            case NecessidadeComprometida e ->
                new EventoPublico.NecessidadeComprometida(id, e.entregaId().value(), e.items());
            case CompromissoLiberado e ->
                new EventoPublico.CompromissoLiberado(id, e.entregaId().value(), e.items());
            case NecessidadeAtendida e ->
                new EventoPublico.NecessidadeAtendida(id, e.entregaId().value(), e.items(), e.occurredAt());
            case NecessidadePublicada _, NecessidadeRecolhida _, CompromissoRecusado _ -> null;
        };
    }

    private static @Nullable EventoPublico of(OfertaEvent event) {
        var id = event.id().value();
        return switch (event) {
            case OfertaPublicada e ->
                new EventoPublico.OfertaPublicada(id, e.category(), e.items(), lugar(e.location()), e.availableUntil());
            case OfertaAtualizada e ->
                new EventoPublico.OfertaAtualizada(
                        id, e.category(), e.items(), lugar(e.location()), e.availableUntil());
            case OfertaReservada e ->
                new EventoPublico.OfertaReservada(
                        id, e.reservaId(), e.volunteerId(), e.items(), e.expiresAt(), value(e.entregaId()));
            case ReservaCancelada e ->
                new EventoPublico.ReservaCancelada(id, e.reservaId(), e.items(), value(e.entregaId()));
            case ReservaExpirada e ->
                new EventoPublico.ReservaExpirada(id, e.reservaId(), e.items(), value(e.entregaId()));
            case ReservaConfirmada e ->
                new EventoPublico.ReservaConfirmada(
                        id, e.reservaId(), e.entregaId().value());
            case ReservaBaixada e ->
                new EventoPublico.ReservaBaixada(
                        id, e.reservaId(), e.items(), e.entregaId().value(), e.outcome());
            case OfertaExpirada e -> new EventoPublico.OfertaExpirada(id, e.availableUntil(), e.reason());
            case OfertaCancelada _ -> new EventoPublico.OfertaCancelada(id);
            case ReservaRecusada _ -> null;
        };
    }

    private static @Nullable EventoPublico of(EntregaEvent event) {
        var id = event.id().value();
        return switch (event) {
            case EntregaSolicitada e ->
                new EventoPublico.EntregaSolicitada(
                        id, e.ofertaId().value(), e.necessidadeId().value(), e.volunteerId(), e.items());
            case AssignmentCriado e -> new EventoPublico.EntregaAtribuida(id, e.volunteerId(), e.acceptUntil());
            case EntregaAceita e -> new EventoPublico.EntregaAceita(id, e.volunteerId(), e.finishUntil());
            case EntregaRecusada e -> new EventoPublico.EntregaRecusada(id, e.volunteerId());
            case EntregaIniciada e ->
                new EventoPublico.EntregaIniciada(
                        id,
                        e.volunteerId(),
                        e.ofertaId().value(),
                        e.necessidadeId().value(),
                        e.items(),
                        e.occurredAt());
            case EntregaEmRota e ->
                new EventoPublico.EntregaEmRota(
                        id,
                        e.volunteerId(),
                        new Lugar(Local.aproximado(e.latitude()), Local.aproximado(e.longitude())),
                        e.occurredAt());
            case EntregaConcluida e -> new EventoPublico.EntregaConcluida(id, e.receiverId(), e.occurredAt());
            case EntregaCancelada e -> new EventoPublico.EntregaCancelada(id, e.goodsReturned());
            case EntregaFalhou e -> new EventoPublico.EntregaFalhou(id, e.step(), e.reason());
            case VoluntarioNotificado _, CodigoRecusado _, CodigoBloqueado _, CodigoRenovado _ -> null;
        };
    }

    private static EventoPublico of(TicketEvent event) {
        var id = event.id().value();
        return switch (event) {
            case TicketCriado e ->
                new EventoPublico.TicketCriado(
                        id,
                        e.category(),
                        e.priority(),
                        e.creatorId(),
                        e.related() == null
                                ? null
                                : new Relacao(
                                        e.related().type().name(), e.related().id()),
                        e.dueAt());
            case TicketAtribuido e -> new EventoPublico.TicketAtribuido(id, e.technicianId(), e.previousId());
            case TicketComentado e -> new EventoPublico.TicketComentado(id, e.authorId());
            case PrioridadeAlterada e ->
                new EventoPublico.PrioridadeAlterada(id, e.previous(), e.priority(), e.dueAt());
            case TicketFechado _ -> new EventoPublico.TicketFechado(id);
            case TicketReaberto e -> new EventoPublico.TicketReaberto(id, e.dueAt());
            case TicketAtrasado e -> new EventoPublico.TicketAtrasado(id, e.dueAt());
        };
    }

    private static Lugar lugar(Local location) {
        var rough = location.aproximado();
        return new Lugar(rough.latitude(), rough.longitude());
    }

    private static @Nullable UUID value(@Nullable EntregaId id) {
        return id == null ? null : id.value();
    }
}
