package mutirao.benchmark.axon;

import jakarta.persistence.EntityManager;
import java.util.List;
import mutirao.benchmark.jpa.OfertaRow;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaStatus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

final class OfertaHandlers extends Handlers {
    OfertaHandlers(EntityManager rows) {
        super(rows);
    }

    @EventHandler
    void on(OfertaEvent event, DomainEventMessage<?> message) {
        handled.increment();
        var id = event.id().value();
        if (event instanceof OfertaPublicada e) {
            create(publicada(e), id, message);
        } else {
            change(OfertaRow.class, id, message, row -> changed(row, event));
        }
    }

    private static void changed(OfertaRow row, OfertaEvent event) {
        var lines = LinhaOferta.apos(row.items, event, row.status.encerrada());
        switch (event) {
            case OfertaAtualizada e ->
                row.describe(e.category(), lines, e.location(), e.availableUntil(), e.metadata());
            case OfertaExpirada _ -> row.status = OfertaStatus.EXPIRADA;
            case OfertaCancelada e -> {
                row.status = OfertaStatus.CANCELADA;
                row.reason = e.reason();
            }
            default -> {}
        }
        row.items = lines;
        row.status = row.status.apos(lines);
    }

    private static OfertaRow publicada(OfertaPublicada e) {
        var row = new OfertaRow();
        row.status = OfertaStatus.PUBLICADA;
        row.providerId = e.providerId();
        row.describe(
                e.category(), LinhaOferta.apos(List.of(), e, false), e.location(), e.availableUntil(), e.metadata());
        return row;
    }
}
