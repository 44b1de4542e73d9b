package mutirao.ticket.api;

import java.util.Optional;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about tickets.
public sealed interface TicketQuery<R> extends Query<R> {
    record BuscarTicket(TicketId id) implements TicketQuery<Optional<TicketResumo>> {}

    /// Filters that are null do not filter.
    ///
    /// @param q words that the title, the description or the comments contain
    record ListarTickets(
            @Nullable TicketStatus status,
            @Nullable Prioridade priority,
            @Nullable UUID assigneeId,
            @Nullable Boolean overdue,
            @Nullable String q,
            PageRequest page)
            implements TicketQuery<Page<TicketResumo>> {}
}
