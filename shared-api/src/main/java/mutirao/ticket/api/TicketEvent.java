package mutirao.ticket.api;

import java.time.Instant;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Personal;
import org.jspecify.annotations.Nullable;

/// What happened to a ticket.
public sealed interface TicketEvent extends DomainEvent {
    @Override
    TicketId id();

    /// @param dueAt when it is overdue, by its priority's service level
    @EventType("ticket.TicketCriado")
    record TicketCriado(
            TicketId id,
            @Personal(subject = "creatorId") String title,
            @Personal(subject = "creatorId") String description,
            String category,
            Prioridade priority,
            UUID creatorId,
            @Nullable Relacionado related,
            Instant dueAt)
            implements TicketEvent {}

    /// @param previousId who had it before; null at the first assignment since the ticket was opened or reopened
    @EventType("ticket.TicketAtribuido")
    record TicketAtribuido(
            TicketId id, UUID technicianId, @Nullable UUID previousId) implements TicketEvent {}

    @EventType("ticket.TicketComentado")
    record TicketComentado(
            TicketId id, @Personal(subject = "authorId") String text, UUID authorId) implements TicketEvent {}

    @EventType("ticket.PrioridadeAlterada")
    record PrioridadeAlterada(TicketId id, Prioridade previous, Prioridade priority, Instant dueAt)
            implements TicketEvent {}

    @EventType("ticket.TicketFechado")
    record TicketFechado(TicketId id, String resolution) implements TicketEvent {}

    /// @param dueAt when it is overdue again, counted from the reopening
    @EventType("ticket.TicketReaberto")
    record TicketReaberto(TicketId id, String reason, Instant dueAt) implements TicketEvent {}

    @EventType("ticket.TicketAtrasado")
    record TicketAtrasado(TicketId id, Instant dueAt) implements TicketEvent {}
}
