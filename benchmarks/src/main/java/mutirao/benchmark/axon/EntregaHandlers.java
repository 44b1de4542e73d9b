package mutirao.benchmark.axon;

import static java.util.Objects.requireNonNullElse;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import mutirao.api.DomainEvent;
import mutirao.benchmark.jpa.EntregaRow;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaResumo.Falha;
import mutirao.entrega.api.EntregaResumo.Posicao;
import mutirao.entrega.api.EntregaStatus;
import mutirao.entrega.processo.Andamento;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.oferta.api.OfertaEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;

final class EntregaHandlers extends Handlers {
    EntregaHandlers(EntityManager rows) {
        super(rows);
    }

    @Override
    boolean parallel() {
        return false;
    }

    @EventHandler
    void on(EntregaEvent event, DomainEventMessage<?> message) {
        handled.increment();
        var id = event.id().value();
        var at = message.getTimestamp();
        if (event instanceof EntregaSolicitada e) {
            create(solicitada(e, at), id, message);
        } else {
            change(EntregaRow.class, id, message, row -> {
                step(row, event, at);
                row.status = row.status.apos(event);
                own(row, event, at);
            });
        }
    }

    @EventHandler
    void on(OfertaEvent event, @Timestamp Instant at) {
        foreign(event, at);
    }

    @EventHandler
    void on(NecessidadeEvent event, @Timestamp Instant at) {
        foreign(event, at);
    }

    private void foreign(DomainEvent event, Instant at) {
        handled.increment();
        if (event instanceof NecessidadeCancelada) {
            return;
        }
        for (var entrega : Andamento.entregasDe(event)) {
            var row = rows.find(EntregaRow.class, entrega.value());
            if (row != null) {
                step(row, event, at);
            }
        }
    }

    private static void step(EntregaRow row, DomainEvent event, Instant at) {
        var ended = row.status == EntregaStatus.CANCELADA || row.status == EntregaStatus.FALHOU;
        row.steps = new Andamento(row.steps, ended).apos(event, at).steps();
        row.updatedAt = at;
    }

    private static void own(EntregaRow row, EntregaEvent event, Instant at) {
        switch (event) {
            case AssignmentCriado e -> row.acceptUntil = e.acceptUntil();
            case EntregaAceita e -> row.finishUntil = e.finishUntil();
            case EntregaRecusada e -> row.reason = e.reason();
            case EntregaEmRota e ->
                row.position = new Posicao(e.latitude(), e.longitude(), requireNonNullElse(e.occurredAt(), at));
            case CodigoBloqueado _ -> row.codeLocked = true;
            case CodigoRenovado e -> {
                row.codeCounter = e.counter();
                row.codeLocked = false;
            }
            case EntregaConcluida e -> row.receiverId = e.receiverId();
            case EntregaCancelada e -> {
                row.reason = e.reason();
                row.goodsReturned = e.goodsReturned();
            }
            case EntregaFalhou e -> row.failure = new Falha(e.step(), e.reason());
            default -> {}
        }
    }

    private static EntregaRow solicitada(EntregaSolicitada e, Instant at) {
        var row = new EntregaRow();
        row.status = EntregaStatus.SOLICITADA;
        row.ofertaId = e.ofertaId().value();
        row.necessidadeId = e.necessidadeId().value();
        row.volunteerId = e.volunteerId();
        row.items = e.items();
        row.reservaId = e.reservaId();
        row.steps = Andamento.novo().apos(e, at).steps();
        return row;
    }
}
