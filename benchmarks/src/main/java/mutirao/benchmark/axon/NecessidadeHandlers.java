package mutirao.benchmark.axon;

import jakarta.persistence.EntityManager;
import java.util.List;
import mutirao.benchmark.jpa.NecessidadeRow;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeStatus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

final class NecessidadeHandlers extends Handlers {
    NecessidadeHandlers(EntityManager rows) {
        super(rows);
    }

    @EventHandler
    void on(NecessidadeEvent event, DomainEventMessage<?> message) {
        handled.increment();
        var id = event.id().value();
        if (event instanceof NecessidadeCriada e) {
            create(criada(e), id, message);
        } else {
            change(NecessidadeRow.class, id, message, row -> changed(row, event));
        }
    }

    private static void changed(NecessidadeRow row, NecessidadeEvent event) {
        var lines = LinhaNecessidade.apos(row.items, event);
        switch (event) {
            case NecessidadeAtualizada e ->
                row.describe(e.category(), lines, e.location(), e.urgency(), e.neededUntil(), e.metadata());
            case NecessidadeCancelada e -> {
                row.status = NecessidadeStatus.CANCELADA;
                row.reason = e.reason();
            }
            case NecessidadeExpirada _ -> row.status = NecessidadeStatus.EXPIRADA;
            default -> row.items = lines;
        }
        row.status = row.status.apos(lines);
    }

    private static NecessidadeRow criada(NecessidadeCriada e) {
        var row = new NecessidadeRow();
        row.status = NecessidadeStatus.ABERTA;
        row.creatorId = e.creatorId();
        row.describe(
                e.category(),
                LinhaNecessidade.apos(List.of(), e),
                e.location(),
                e.urgency(),
                e.neededUntil(),
                e.metadata());
        return row;
    }
}
