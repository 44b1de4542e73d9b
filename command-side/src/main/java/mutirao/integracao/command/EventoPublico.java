package mutirao.integracao.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Quantia;
import mutirao.entrega.api.Passo;
import mutirao.messaging.Publishes;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.OfertaEvent.Outcome;
import mutirao.ticket.api.Prioridade;
import org.jspecify.annotations.Nullable;

/// What other systems are told, each under its public name: a contract of its own, so that the domain's events can
/// change without them. Fields are only ever added; what does not fit that becomes a new [#version] of the event.
/// Nothing personal: ids, quantities, and places to about a kilometre; no texts that people wrote but names of
/// items.
public sealed interface EventoPublico {
    /// Whose topic it is on, `mutirao.<context>`.
    String NECESSIDADES = "mutirao.necessidade";
    /// @see #NECESSIDADES
    String OFERTAS = "mutirao.oferta";
    /// @see #NECESSIDADES
    String ENTREGAS = "mutirao.entrega";
    /// @see #NECESSIDADES
    String TICKETS = "mutirao.ticket";

    /// What it happened to.
    UUID id();

    /// Of its fields' meaning, from 1.
    default int version() {
        return 1;
    }

    /// A place to 0.01 degrees.
    record Lugar(@Nullable Double latitude, @Nullable Double longitude) {}

    @Publishes(value = "necessidade.criada", topic = NECESSIDADES)
    record NecessidadeCriada(
            UUID id,
            Categoria category,
            Urgencia urgency,
            List<Item> items,
            Lugar location,
            @Nullable Instant neededUntil)
            implements EventoPublico {}

    @Publishes(value = "necessidade.atualizada", topic = NECESSIDADES)
    record NecessidadeAtualizada(
            UUID id,
            Categoria category,
            Urgencia urgency,
            List<Item> items,
            Lugar location,
            @Nullable Instant neededUntil)
            implements EventoPublico {}

    @Publishes(value = "necessidade.cancelada", topic = NECESSIDADES)
    record NecessidadeCancelada(UUID id, List<UUID> entregas) implements EventoPublico {}

    @Publishes(value = "necessidade.expirada", topic = NECESSIDADES)
    record NecessidadeExpirada(UUID id, Instant neededUntil) implements EventoPublico {}

    @Publishes(value = "necessidade.comprometida", topic = NECESSIDADES)
    record NecessidadeComprometida(UUID id, UUID entregaId, List<Item> items) implements EventoPublico {}

    @Publishes(value = "necessidade.compromisso-liberado", topic = NECESSIDADES)
    record CompromissoLiberado(UUID id, UUID entregaId, List<Item> items) implements EventoPublico {}

    @Publishes(value = "necessidade.atendida", topic = NECESSIDADES)
    record NecessidadeAtendida(
            UUID id,
            UUID entregaId,
            List<Item> items,
            @Nullable Instant occurredAt) implements EventoPublico {}

    @Publishes(value = "oferta.publicada", topic = OFERTAS)
    record OfertaPublicada(UUID id, Categoria category, List<Item> items, Lugar location, Instant availableUntil)
            implements EventoPublico {}

    @Publishes(value = "oferta.atualizada", topic = OFERTAS)
    record OfertaAtualizada(UUID id, Categoria category, List<Item> items, Lugar location, Instant availableUntil)
            implements EventoPublico {}

    @Publishes(value = "oferta.reservada", topic = OFERTAS)
    record OfertaReservada(
            UUID id,
            UUID reservaId,
            UUID volunteerId,
            List<Item> items,
            Instant expiresAt,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-cancelada", topic = OFERTAS)
    record ReservaCancelada(
            UUID id,
            UUID reservaId,
            List<Item> items,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-expirada", topic = OFERTAS)
    record ReservaExpirada(
            UUID id,
            UUID reservaId,
            List<Item> items,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-confirmada", topic = OFERTAS)
    record ReservaConfirmada(UUID id, UUID reservaId, UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-baixada", topic = OFERTAS)
    record ReservaBaixada(UUID id, UUID reservaId, List<Item> items, UUID entregaId, Outcome outcome)
            implements EventoPublico {}

    @Publishes(value = "oferta.expirada", topic = OFERTAS)
    record OfertaExpirada(UUID id, Instant availableUntil, String reason) implements EventoPublico {}

    @Publishes(value = "oferta.cancelada", topic = OFERTAS)
    record OfertaCancelada(UUID id) implements EventoPublico {}

    @Publishes(value = "entrega.solicitada", topic = ENTREGAS)
    record EntregaSolicitada(UUID id, UUID ofertaId, UUID necessidadeId, UUID volunteerId, List<Quantia> items)
            implements EventoPublico {}

    @Publishes(value = "entrega.atribuida", topic = ENTREGAS)
    record EntregaAtribuida(UUID id, UUID volunteerId, Instant acceptUntil) implements EventoPublico {}

    @Publishes(value = "entrega.aceita", topic = ENTREGAS)
    record EntregaAceita(UUID id, UUID volunteerId, Instant finishUntil) implements EventoPublico {}

    @Publishes(value = "entrega.recusada", topic = ENTREGAS)
    record EntregaRecusada(UUID id, UUID volunteerId) implements EventoPublico {}

    @Publishes(value = "entrega.iniciada", topic = ENTREGAS)
    record EntregaIniciada(
            UUID id,
            UUID volunteerId,
            UUID ofertaId,
            UUID necessidadeId,
            List<Quantia> items,
            @Nullable Instant occurredAt)
            implements EventoPublico {}

    /// A position, as roughly as a place.
    @Publishes(value = "entrega.em-rota", topic = ENTREGAS)
    record EntregaEmRota(
            UUID id,
            UUID volunteerId,
            Lugar location,
            @Nullable Instant occurredAt) implements EventoPublico {}

    @Publishes(value = "entrega.concluida", topic = ENTREGAS)
    record EntregaConcluida(
            UUID id, UUID receiverId, @Nullable Instant occurredAt) implements EventoPublico {}

    /// @param goodsReturned null where the goods never left
    @Publishes(value = "entrega.cancelada", topic = ENTREGAS)
    record EntregaCancelada(UUID id, @Nullable Boolean goodsReturned) implements EventoPublico {}

    /// @param step   what it was waiting for
    /// @param reason the broken rule or the deadline that passed
    @Publishes(value = "entrega.falhou", topic = ENTREGAS)
    record EntregaFalhou(UUID id, Passo step, String reason) implements EventoPublico {}

    /// Without its title and text, which may be about people.
    @Publishes(value = "ticket.criado", topic = TICKETS)
    record TicketCriado(
            UUID id,
            String category,
            Prioridade priority,
            UUID creatorId,
            @Nullable Relacao related,
            Instant dueAt) implements EventoPublico {}

    /// What a ticket is about.
    ///
    /// @param type the context's name
    record Relacao(String type, UUID id) {}

    @Publishes(value = "ticket.atribuido", topic = TICKETS)
    record TicketAtribuido(
            UUID id, UUID technicianId, @Nullable UUID previousId) implements EventoPublico {}

    @Publishes(value = "ticket.comentado", topic = TICKETS)
    record TicketComentado(UUID id, UUID authorId) implements EventoPublico {}

    @Publishes(value = "ticket.prioridade-alterada", topic = TICKETS)
    record PrioridadeAlterada(UUID id, Prioridade previous, Prioridade priority, Instant dueAt)
            implements EventoPublico {}

    @Publishes(value = "ticket.fechado", topic = TICKETS)
    record TicketFechado(UUID id) implements EventoPublico {}

    @Publishes(value = "ticket.reaberto", topic = TICKETS)
    record TicketReaberto(UUID id, Instant dueAt) implements EventoPublico {}

    @Publishes(value = "ticket.atrasado", topic = TICKETS)
    record TicketAtrasado(UUID id, Instant dueAt) implements EventoPublico {}
}
