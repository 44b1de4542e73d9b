package mutirao.ticket.command;

import java.time.Instant;
import java.util.UUID;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.Traducao;
import mutirao.messaging.Publishes;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What other systems are told of tickets. Without their titles and texts, which may be about people.
@Component
final class TicketTraducao implements Traducao<TicketEvent> {
    private static final String TOPIC = "mutirao.ticket";

    @Override
    public EventoPublico of(TicketEvent event) {
        var id = event.id().value();
        return switch (event) {
            case TicketEvent.TicketCriado e ->
                new TicketCriado(
                        id,
                        e.category(),
                        e.priority(),
                        e.creatorId(),
                        e.related() == null
                                ? null
                                : new Relacao(
                                        e.related().type().name(), e.related().id()),
                        e.dueAt());
            case TicketEvent.TicketAtribuido e -> new TicketAtribuido(id, e.technicianId(), e.previousId());
            case TicketEvent.TicketComentado e -> new TicketComentado(id, e.authorId());
            case TicketEvent.PrioridadeAlterada e -> new PrioridadeAlterada(id, e.previous(), e.priority(), e.dueAt());
            case TicketEvent.TicketFechado _ -> new TicketFechado(id);
            case TicketEvent.TicketReaberto e -> new TicketReaberto(id, e.dueAt());
            case TicketEvent.TicketAtrasado e -> new TicketAtrasado(id, e.dueAt());
        };
    }

    /// Without its title and text, which may be about people.
    @Publishes(value = "ticket.criado", topic = TOPIC)
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

    @Publishes(value = "ticket.atribuido", topic = TOPIC)
    record TicketAtribuido(
            UUID id, UUID technicianId, @Nullable UUID previousId) implements EventoPublico {}

    @Publishes(value = "ticket.comentado", topic = TOPIC)
    record TicketComentado(UUID id, UUID authorId) implements EventoPublico {}

    @Publishes(value = "ticket.prioridade-alterada", topic = TOPIC)
    record PrioridadeAlterada(UUID id, Prioridade previous, Prioridade priority, Instant dueAt)
            implements EventoPublico {}

    @Publishes(value = "ticket.fechado", topic = TOPIC)
    record TicketFechado(UUID id) implements EventoPublico {}

    @Publishes(value = "ticket.reaberto", topic = TOPIC)
    record TicketReaberto(UUID id, Instant dueAt) implements EventoPublico {}

    @Publishes(value = "ticket.atrasado", topic = TOPIC)
    record TicketAtrasado(UUID id, Instant dueAt) implements EventoPublico {}
}
