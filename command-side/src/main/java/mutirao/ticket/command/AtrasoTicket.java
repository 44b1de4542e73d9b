package mutirao.ticket.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Prazo;
import mutirao.ticket.api.TicketCommand.AtrasarTicket;
import mutirao.ticket.api.TicketEvent.PrioridadeAlterada;
import mutirao.ticket.api.TicketEvent.TicketCriado;
import mutirao.ticket.api.TicketEvent.TicketReaberto;
import mutirao.ticket.api.TicketId;
import org.springframework.stereotype.Component;

/// Wakes a ticket when it is overdue.
@Component
final class AtrasoTicket implements Prazo {
    @Override
    public String name() {
        return "ticket";
    }

    @Override
    public Set<String> contexts() {
        return Set.of("ticket");
    }

    @Override
    public List<Order> on(DomainEvent event, EventMeta meta) {
        return switch (event) {
            case TicketCriado e -> due(e.id(), e.dueAt());
            case PrioridadeAlterada e -> due(e.id(), e.dueAt());
            case TicketReaberto e -> due(e.id(), e.dueAt());
            default -> List.of();
        };
    }

    private static List<Order> due(TicketId id, Instant at) {
        return List.of(Order.at(at, new AtrasarTicket(id)));
    }
}
