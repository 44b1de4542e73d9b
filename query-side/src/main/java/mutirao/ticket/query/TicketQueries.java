package mutirao.ticket.query;

import java.util.Optional;
import mutirao.api.Page;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.ticket.api.TicketQuery.BuscarTicket;
import mutirao.ticket.api.TicketQuery.ListarTickets;
import mutirao.ticket.api.TicketResumo;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about tickets.
@Component
class TicketQueries {
    private final Listing<TicketResumo> tickets;

    TicketQueries(JdbcClient db, Serving serving) {
        tickets = new Listing<>(db, serving, TicketProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .sort("dueAt", "due_at", "timestamptz")
                .sort("priority", "priority_rank", "int")
                .only(TicketQueries::own);
    }

    /// Support and auditors see every ticket; the others see those that they opened.
    private static String own() {
        var me = Actor.current();
        return me.is(Role.TECNICO, Role.COORDENADOR, Role.ADMIN, Role.AUDITOR)
                ? Listing.EVERYBODY
                : "creator_id = '" + me.userId() + "'";
    }

    @QueryHandler
    Optional<TicketResumo> handle(BuscarTicket query) {
        return tickets.find(query.id().value());
    }

    @QueryHandler
    Page<TicketResumo> handle(ListarTickets query) {
        return tickets.select()
                .where("status = ?", query.status())
                .where("priority = ?", query.priority())
                .where("assignee_id = ?", query.assigneeId())
                .where("overdue = ?", query.overdue())
                .search(query.q())
                .page(query.page());
    }
}
