package mutirao.entrega.command;

import static java.util.Objects.requireNonNull;
import static mutirao.entrega.api.Passo.*;
import static mutirao.platform.saga.Order.at;
import static mutirao.platform.saga.Order.now;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.Item;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.entrega.command.EmCurso.Fim;
import mutirao.entrega.processo.Andamento;
import mutirao.necessidade.api.NecessidadeCommand.*;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.oferta.api.OfertaCommand.*;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Saga;
import mutirao.platform.saga.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Leads a delivery through offer and need, and undoes what was done when it does not arrive.
///
/// | step | its command | undone by |
/// |---|---|---|
/// | RESERVAR | `ReservarOferta` | `CancelarReserva`, or `BaixarReserva` LOST once the goods are gone |
/// | COMPROMETER | `ComprometerNecessidade` | `LiberarCompromisso` |
/// | ATRIBUIR | `CriarAssignment` | nothing: the delivery has ended |
/// | NOTIFICAR | `NotificarVoluntario` | nothing |
/// | ACEITAR | the volunteer, or `FalharEntrega` at the deadline | |
/// | CONFIRMAR | `ConfirmarReserva` | as RESERVAR |
/// | RASTREAR | volunteer and receiver, or `FalharEntrega` at the deadline | |
/// | BAIXAR | `BaixarReserva` DELIVERED | never: the goods have arrived |
/// | ATENDER | `AtenderNecessidade` | never |
///
/// A race between an answer and a deadline or cancellation is decided by the [Entrega] aggregate, not here. Undoing
/// waits for answers that are still out, then goes backwards one step at a time, each told by its event.
@Component
final class EntregaSaga implements Saga<EmCurso> {
    private final EntregaPrazos prazos;

    EntregaSaga(EntregaPrazos prazos) {
        this.prazos = prazos;
    }

    @Override
    public String name() {
        return "entrega";
    }

    @Override
    public Class<EmCurso> state() {
        return EmCurso.class;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("entrega", "oferta", "necessidade");
    }

    @Override
    public Collection<UUID> keysOf(DomainEvent event) {
        return Andamento.entregasDe(event).stream().map(EntregaId::value).toList();
    }

    @Override
    public Step<EmCurso> on(@Nullable EmCurso before, DomainEvent event, EventMeta meta) {
        if (before == null) {
            return event instanceof EntregaSolicitada e
                    ? solicitada(EmCurso.nova(e, meta), meta.timestamp())
                    : Step.to(null);
        }
        var saga = before.apos(event, meta);
        return Step.to(saga, saga.end() == null ? avancar(before, saga, event) : encerrar(before, saga, event));
    }

    private Step<EmCurso> solicitada(EmCurso saga, Instant at) {
        return Step.to(
                saga,
                new ReservarOferta(
                        saga.ofertaId(),
                        saga.reservaId(),
                        saga.volunteerId(),
                        saga.items(),
                        saga.titular(),
                        prazos.reserva(),
                        at));
    }

    /// The way forward.
    private List<Order> avancar(EmCurso before, EmCurso saga, DomainEvent event) {
        var steps = before.andamento();
        return switch (event) {
            case OfertaReservada e when steps.running(RESERVAR) -> comprometer(saga, e.items());
            case ReservaRecusada e when steps.running(RESERVAR) -> falhar(saga, RESERVAR, e.reason());
            case NecessidadeComprometida _ when steps.running(COMPROMETER) -> atribuir(saga);
            case CompromissoRecusado e when steps.running(COMPROMETER) -> falhar(saga, COMPROMETER, e.reason());
            case AssignmentCriado e -> notificar(saga, e);
            case EntregaAceita e -> confirmar(saga, e);
            case ReservaRecusada e when steps.running(CONFIRMAR) -> falhar(saga, CONFIRMAR, e.reason());
            case ReservaExpirada _, ReservaCancelada _ -> reservaPerdida(saga);
            case NecessidadeCancelada _ -> List.of(now(new CancelarEntrega(saga.id(), "NECESSIDADE_CANCELADA", null)));
            default -> List.of();
        };
    }

    private static List<Order> comprometer(EmCurso saga, List<Item> reserved) {
        return List.of(now(new ComprometerNecessidade(saga.necessidadeId(), saga.titular(), reserved)));
    }

    private static List<Order> atribuir(EmCurso saga) {
        var acceptUntil = requireNonNull(saga.holdUntil()).minus(EntregaPrazos.FOLGA);
        return List.of(now(new CriarAssignment(saga.id(), acceptUntil)));
    }

    private static List<Order> notificar(EmCurso saga, AssignmentCriado e) {
        return List.of(
                now(new NotificarVoluntario(saga.id())),
                at(e.acceptUntil(), new FalharEntrega(saga.id(), ACEITAR, "VOLUNTARIO_NAO_RESPONDEU")));
    }

    private static List<Order> confirmar(EmCurso saga, EntregaAceita e) {
        return List.of(
                now(new ConfirmarReserva(saga.ofertaId(), saga.reservaId(), saga.titular())),
                at(e.finishUntil(), new FalharEntrega(saga.id(), RASTREAR, "PRAZO_DE_ENTREGA_VENCIDO")));
    }

    private static List<Order> falhar(EmCurso saga, Passo step, String reason) {
        return List.of(now(new FalharEntrega(saga.id(), step, reason)));
    }

    /// The hold lapsed before it was confirmed. While its confirmation is out, the offer still decides.
    private static List<Order> reservaPerdida(EmCurso saga) {
        return saga.andamento().running(CONFIRMAR) ? List.of() : falhar(saga, emEspera(saga), "RESERVA_EXPIRADA");
    }

    private static Passo emEspera(EmCurso saga) {
        return List.of(COMPROMETER, ATRIBUIR, NOTIFICAR, ACEITAR).stream()
                .filter(saga.andamento()::running)
                .findFirst()
                .orElse(ACEITAR);
    }

    /// The way to the end, whichever it is.
    private static List<Order> encerrar(EmCurso before, EmCurso saga, DomainEvent event) {
        if (saga.settled()) {
            return tardio(before, saga, event);
        }
        return saga.end() == Fim.ENTREGAR ? entregar(before, saga) : desfazer(saga);
    }

    private static List<Order> entregar(EmCurso before, EmCurso saga) {
        if (saga.andamento().running(BAIXAR) && !before.andamento().running(BAIXAR)) {
            return List.of(
                    now(new BaixarReserva(saga.ofertaId(), saga.reservaId(), saga.titular(), Outcome.DELIVERED)));
        }
        if (saga.andamento().running(ATENDER) && !before.andamento().running(ATENDER)) {
            return List.of(now(new AtenderNecessidade(saga.necessidadeId(), saga.titular(), saga.occurredAt())));
        }
        return List.of();
    }

    private static List<Order> desfazer(EmCurso saga) {
        if (saga.awaitsAnswer()) {
            return List.of();
        }
        if (saga.andamento().done(COMPROMETER)) {
            return List.of(now(new LiberarCompromisso(saga.necessidadeId(), saga.titular())));
        }
        return List.of(now(
                saga.end() == Fim.PERDER
                        ? new BaixarReserva(saga.ofertaId(), saga.reservaId(), saga.titular(), Outcome.LOST)
                        : new CancelarReserva(saga.ofertaId(), saga.reservaId(), saga.titular())));
    }

    /// A hold or promise granted after all, by a command that was sent twice: given back.
    private static List<Order> tardio(EmCurso before, EmCurso saga, DomainEvent event) {
        if (!before.settled()) {
            return List.of();
        }
        return switch (event) {
            case OfertaReservada _ ->
                List.of(now(new CancelarReserva(saga.ofertaId(), saga.reservaId(), saga.titular())));
            case NecessidadeComprometida _ ->
                List.of(now(new LiberarCompromisso(saga.necessidadeId(), saga.titular())));
            default -> List.of();
        };
    }

    @Override
    public boolean ended(EmCurso saga) {
        return saga.settled();
    }

    /// Offer or need are not there at all; that counts as their refusal.
    @Override
    public Step<EmCurso> refused(EmCurso saga, DomainCommand command, String reason) {
        return switch (command) {
            case ReservarOferta _ -> Step.to(saga, falhar(saga, RESERVAR, reason));
            case ComprometerNecessidade _ -> Step.to(saga, falhar(saga, COMPROMETER, reason));
            default -> Step.to(saga);
        };
    }
}
