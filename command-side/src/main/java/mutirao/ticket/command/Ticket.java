package mutirao.ticket.command;

import static mutirao.ticket.command.TicketRule.*;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Directory;
import mutirao.platform.identity.Role;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketCommand.*;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketId;
import mutirao.ticket.api.TicketStatus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// A request to the support desk, and how long it may stay open.
@Aggregate(type = "ticket", snapshotTriggerDefinition = "everyHundredEvents")
class Ticket {
    private static final Role[] SUPORTE = {Role.TECNICO, Role.COORDENADOR, Role.ADMIN};

    @AggregateIdentifier
    private TicketId id;

    private UUID creatorId;
    private TicketStatus status = TicketStatus.ABERTO;
    private Prioridade priority;
    private @Nullable UUID assigneeId;
    /// When its service level began to count: its creation or last reopening.
    private Instant desde;

    private Instant dueAt;
    /// The due time that it is recorded to have missed.
    private @Nullable Instant atrasadoDesde;

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Ticket() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(CriarTicket c, Clock clock, TicketPrazos prazos, Assuntos assuntos, Actor actor) {
        RELACIONADO_DESCONHECIDO.require(c.related() == null || assuntos.existe(c.related(), actor.organizationId()));
        apply(new TicketCriado(
                c.id(),
                c.title(),
                c.description(),
                c.category(),
                c.priority(),
                c.creatorId(),
                c.related(),
                prazos.dueAt(c.priority(), clock.instant())));
    }

    @CommandHandler
    void handle(AtribuirTicket c, Directory directory, Actor actor) {
        actor.requireAny(SUPORTE);
        TICKET_FECHADO.require(!fechado());
        JA_ATRIBUIDO.require(!c.technicianId().equals(assigneeId));
        TECNICO_DESCONHECIDO.require(actor.actsWith(c.technicianId(), directory));
        apply(new TicketAtribuido(id, c.technicianId(), assigneeId));
    }

    @CommandHandler
    void handle(ComentarTicket c, Actor actor) {
        actor.require(creatorId, SUPORTE);
        apply(new TicketComentado(id, c.text(), c.authorId()));
    }

    @CommandHandler
    void handle(AlterarPrioridade c, Clock clock, TicketPrazos prazos, Actor actor) {
        actor.requireAny(SUPORTE);
        TICKET_FECHADO.require(!fechado());
        PRIORIDADE_IGUAL.require(c.priority() != priority);
        atrasarSeVencido(clock);
        apply(new PrioridadeAlterada(id, priority, c.priority(), prazos.dueAt(c.priority(), desde)));
    }

    @CommandHandler
    void handle(AtrasarTicket c, Clock clock) {
        if (!fechado()) {
            atrasarSeVencido(clock);
        }
    }

    @CommandHandler
    void handle(FecharTicket c, Clock clock, Actor actor) {
        actor.requireAny(SUPORTE);
        TICKET_FECHADO.require(!fechado());
        TICKET_NAO_ATRIBUIDO.require(status == TicketStatus.EM_PROGRESSO);
        atrasarSeVencido(clock);
        apply(new TicketFechado(id, c.resolution()));
    }

    @CommandHandler
    void handle(ReabrirTicket c, Clock clock, TicketPrazos prazos, Actor actor) {
        actor.require(creatorId, SUPORTE);
        TICKET_NAO_FECHADO.require(fechado());
        apply(new TicketReaberto(id, c.reason(), prazos.dueAt(priority, clock.instant())));
    }

    private boolean fechado() {
        return status == TicketStatus.FECHADO;
    }

    /// A due time is recorded as missed once, also where its timer has not fired before the ticket is closed or gets
    /// another one: the service level is broken by the clock, not by the timer.
    private void atrasarSeVencido(Clock clock) {
        if (!clock.instant().isBefore(dueAt) && !Objects.equals(atrasadoDesde, dueAt)) {
            apply(new TicketAtrasado(id, dueAt));
        }
    }

    @EventSourcingHandler
    void on(TicketEvent event, @Timestamp Instant at) {
        switch (event) {
            case TicketCriado e -> {
                id = e.id();
                creatorId = e.creatorId();
                priority = e.priority();
                desde = at;
                dueAt = e.dueAt();
            }
            case TicketAtribuido e -> {
                assigneeId = e.technicianId();
                status = TicketStatus.EM_PROGRESSO;
            }
            case TicketComentado _ -> {}
            case PrioridadeAlterada e -> {
                priority = e.priority();
                dueAt = e.dueAt();
            }
            case TicketAtrasado e -> atrasadoDesde = e.dueAt();
            case TicketFechado _ -> status = TicketStatus.FECHADO;
            case TicketReaberto e -> {
                status = TicketStatus.ABERTO;
                assigneeId = null;
                desde = at;
                dueAt = e.dueAt();
            }
        }
    }
}
