package mutirao.ticket.api;

import java.util.UUID;
import mutirao.api.DomainCommand;
import org.jspecify.annotations.Nullable;

/// What can be asked of a ticket.
public sealed interface TicketCommand extends DomainCommand {
    @Override
    TicketId id();

    record CriarTicket(
            TicketId id,
            String title,
            String description,
            String category,
            Prioridade priority,
            UUID creatorId,
            @Nullable Relacionado related)
            implements TicketCommand {}

    record AtribuirTicket(TicketId id, UUID technicianId) implements TicketCommand {}

    record ComentarTicket(TicketId id, String text, UUID authorId) implements TicketCommand {}

    record AlterarPrioridade(TicketId id, Prioridade priority) implements TicketCommand {}

    record FecharTicket(TicketId id, String resolution) implements TicketCommand {}

    record ReabrirTicket(TicketId id, String reason) implements TicketCommand {}

    /// Records that an open ticket is past its due time; changes nothing otherwise.
    record AtrasarTicket(TicketId id) implements TicketCommand {}
}
