package mutirao.entrega.processo;

import static mutirao.entrega.api.Passo.*;
import static mutirao.entrega.api.Passo.Estado.*;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.oferta.api.OfertaEvent.*;

/// How far each step of a delivery has come: the one fold over the three contexts' events that the saga decides by and
/// the read model shows.
///
/// @param steps one per [Passo], in order
/// @param ended whether the delivery failed or was called off, so that no further step begins
public record Andamento(List<Etapa> steps, boolean ended) {

    /// A delivery that has not been asked for yet.
    public static Andamento novo() {
        return new Andamento(
                Arrays.stream(Passo.values())
                        .map(step -> new Etapa(step, PENDING, null))
                        .toList(),
                false);
    }

    /// The step's state.
    public Passo.Estado of(Passo step) {
        return find(step).state();
    }

    private Etapa find(Passo step) {
        return steps.stream().filter(etapa -> etapa.step() == step).findFirst().orElseThrow();
    }

    /// Whether the step's command has left and its answer has not come.
    public boolean running(Passo step) {
        return of(step) == RUNNING;
    }

    /// Whether the step has been done and not undone.
    public boolean done(Passo step) {
        return of(step) == DONE;
    }

    /// The deliveries that an event of any of the three contexts concerns.
    public static List<EntregaId> entregasDe(DomainEvent event) {
        return switch (event) {
            case EntregaEvent e -> List.of(e.id());
            case OfertaReservada e ->
                Stream.ofNullable(e.titular()).map(EntregaId::of).toList();
            case ReservaRecusada e -> List.of(EntregaId.of(e.titular()));
            case ReservaCancelada e ->
                Stream.ofNullable(e.titular()).map(EntregaId::of).toList();
            case ReservaExpirada e ->
                Stream.ofNullable(e.titular()).map(EntregaId::of).toList();
            case ReservaConfirmada e -> List.of(EntregaId.of(e.titular()));
            case ReservaBaixada e -> List.of(EntregaId.of(e.titular()));
            case NecessidadeComprometida e -> List.of(EntregaId.of(e.titular()));
            case CompromissoRecusado e -> List.of(EntregaId.of(e.titular()));
            case CompromissoLiberado e -> List.of(EntregaId.of(e.titular()));
            case NecessidadeAtendida e -> List.of(EntregaId.of(e.titular()));
            case NecessidadeCancelada e ->
                e.titulares().stream().map(EntregaId::of).toList();
            default -> List.of();
        };
    }

    /// The steps after an event, at the time it was recorded. Late and repeated events change nothing.
    public Andamento apos(DomainEvent event, Instant at) {
        return switch (event) {
            case EntregaSolicitada _ when of(RESERVAR) == PENDING -> with(RESERVAR, RUNNING, at);
            case OfertaReservada _ when running(CONFIRMAR) -> with(RESERVAR, DONE, at); // restored
            case OfertaReservada _ -> advance(RESERVAR, COMPROMETER, at);
            case NecessidadeComprometida _ -> advance(COMPROMETER, ATRIBUIR, at);
            case AssignmentCriado _ -> advance(ATRIBUIR, NOTIFICAR, at);
            case VoluntarioNotificado _ -> advance(NOTIFICAR, ACEITAR, at);
            case EntregaAceita _
            when of(CONFIRMAR) == PENDING ->
                with(NOTIFICAR, DONE, at).with(ACEITAR, DONE, at).with(CONFIRMAR, RUNNING, at);
            case ReservaConfirmada _ when done(RASTREAR) -> advance(CONFIRMAR, BAIXAR, at);
            case ReservaConfirmada _ -> advance(CONFIRMAR, RASTREAR, at);
            case EntregaConcluida _ when !done(RASTREAR) -> concluded(at);
            case ReservaBaixada e when e.outcome() == Outcome.DELIVERED -> advance(BAIXAR, ATENDER, at);
            case ReservaBaixada _, ReservaCancelada _, ReservaExpirada _ -> compensate(RESERVAR, at);
            case NecessidadeAtendida _ -> with(ATENDER, DONE, at);
            case CompromissoLiberado _ -> compensate(COMPROMETER, at);
            case ReservaRecusada _ when running(CONFIRMAR) -> unconfirmed(at);
            case ReservaRecusada _ -> fail(RESERVAR, at);
            case CompromissoRecusado _ -> fail(COMPROMETER, at);
            case EntregaRecusada _ ->
                with(NOTIFICAR, DONE, at).with(ACEITAR, FAILED, at).stop(at);
            // Refusals have their own events, unless there was nobody to refuse; other failures leave answers out.
            case EntregaFalhou e
            when e.reason().equals("NOT_FOUND") -> fail(e.step(), at).stop(at);
            case EntregaFalhou _ -> stop(at);
            case EntregaCancelada _ -> stop(at);
            default -> this;
        };
    }

    /// The step's answer has come, and the next one begins unless the delivery has ended.
    private Andamento advance(Passo step, Passo next, Instant at) {
        if (!running(step)) {
            return this;
        }
        var done = with(step, DONE, at);
        return of(next) == PENDING && !ended ? done.with(next, RUNNING, at) : done;
    }

    private Andamento fail(Passo step, Instant at) {
        return running(step) ? with(step, FAILED, at) : this;
    }

    private Andamento compensate(Passo step, Instant at) {
        var undone = done(step) ? with(step, COMPENSATED, at) : this;
        return step == RESERVAR && undone.done(CONFIRMAR) ? undone.with(CONFIRMAR, COMPENSATED, at) : undone;
    }

    private Andamento concluded(Instant at) {
        var tracked = with(RASTREAR, DONE, at);
        return switch (of(CONFIRMAR)) {
            case DONE -> tracked.with(BAIXAR, RUNNING, at);
            case FAILED -> tracked.unbooked(at);
            default -> tracked;
        };
    }

    private Andamento unconfirmed(Instant at) {
        var failed = with(CONFIRMAR, FAILED, at);
        return done(RASTREAR) ? failed.unbooked(at) : failed;
    }

    /// After the conclusion there is nothing to give back: the goods have arrived, only the booking failed.
    private Andamento unbooked(Instant at) {
        return with(BAIXAR, FAILED, at).with(ATENDER, RUNNING, at);
    }

    /// Ends the steps that wait for the delivery itself; those sent to offer and need are still answered.
    private Andamento stop(Instant at) {
        var stopped = this;
        for (var step : List.of(ATRIBUIR, NOTIFICAR, ACEITAR, RASTREAR)) {
            stopped = stopped.running(step) ? stopped.with(step, FAILED, at) : stopped;
        }
        return new Andamento(stopped.steps, true);
    }

    private Andamento with(Passo step, Passo.Estado state, Instant at) {
        if (of(step) == state) {
            return this;
        }
        return new Andamento(
                steps.stream()
                        .map(etapa -> etapa.step() == step ? new Etapa(step, state, at) : etapa)
                        .toList(),
                ended);
    }
}
