package mutirao.ticket.query;

import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.identity.OpenToReaders;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.ReadsFrom;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketId;
import mutirao.ticket.api.TicketQuery.BuscarTicket;
import mutirao.ticket.api.TicketQuery.ListarTickets;
import mutirao.ticket.api.TicketResumo;
import mutirao.ticket.api.TicketStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tickets")
@ReadsFrom("ticket")
class TicketReadController {
    private static final String CONCERNED = "suporte e auditoria veem todos; os outros, os seus";

    private final Queries queries;

    TicketReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenToReaders(also = CONCERNED)
    @GetMapping
    Page<TicketResumo> listar(
            @RequestParam(required = false) @Nullable TicketStatus status,
            @RequestParam(required = false) @Nullable Prioridade priority,
            @RequestParam(required = false) @Nullable UUID assigneeId,
            @RequestParam(required = false) @Nullable Boolean overdue,
            @RequestParam(required = false) @Nullable String q,
            PageRequest page) {
        return queries.ask(new ListarTickets(status, priority, assigneeId, overdue, q, page));
    }

    @OpenToReaders(also = CONCERNED)
    @GetMapping("/{id}")
    TicketResumo buscar(@PathVariable UUID id) {
        return queries.ask(new BuscarTicket(new TicketId(id))).orElseThrow(Problem::notFound);
    }
}
