package mutirao.benchmark.axon;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mutirao.benchmark.jpa.TicketRow;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketResumo.Comentario;
import mutirao.ticket.api.TicketStatus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

final class TicketHandlers extends Handlers {
    TicketHandlers(EntityManager rows) {
        super(rows);
    }

    @EventHandler
    void on(TicketEvent event, DomainEventMessage<?> message) {
        handled.increment();
        var id = event.id().value();
        if (event instanceof TicketCriado e) {
            create(criado(e), id, message);
        } else {
            change(TicketRow.class, id, message, row -> changed(row, event, message.getTimestamp()));
        }
    }

    private static void changed(TicketRow row, TicketEvent event, Instant at) {
        switch (event) {
            case TicketAtribuido e -> {
                row.assigneeId = e.technicianId();
                row.status = TicketStatus.EM_PROGRESSO;
            }
            case TicketComentado e -> comentado(row, e, at);
            case PrioridadeAlterada e -> {
                row.priority = e.priority();
                row.dueAt = e.dueAt();
            }
            case TicketAtrasado _ -> {
                row.overdue = true;
                row.slaBroken = true;
            }
            case TicketFechado e -> {
                row.status = TicketStatus.FECHADO;
                row.overdue = false;
                row.resolution = e.resolution();
                row.resolutionSeconds = Duration.between(row.createdAt, at).toSeconds();
            }
            case TicketReaberto e -> {
                row.status = TicketStatus.ABERTO;
                row.assigneeId = null;
                row.dueAt = e.dueAt();
                row.reopenings++;
            }
            case TicketCriado _ -> throw new IllegalStateException("created twice");
        }
    }

    private static void comentado(TicketRow row, TicketComentado e, Instant at) {
        var more = new ArrayList<>(row.comments);
        more.add(new Comentario(e.text(), e.authorId(), at));
        row.comments = more;
        row.search += "\n" + e.text();
    }

    private static TicketRow criado(TicketCriado e) {
        var row = new TicketRow();
        row.status = TicketStatus.ABERTO;
        row.title = e.title();
        row.description = e.description();
        row.category = e.category();
        row.priority = e.priority();
        row.creatorId = e.creatorId();
        row.related = e.related();
        row.dueAt = e.dueAt();
        row.comments = List.of();
        row.priorityRank = e.priority().compareTo(Prioridade.BAIXA);
        row.search = e.title() + "\n" + e.description();
        return row;
    }
}
