package mutirao.benchmark.axon;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mutirao.benchmark.jpa.OfertaRow;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaResumo.Reserva;
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
            case OfertaReservada e -> reservada(row, e);
            case ReservaConfirmada e -> confirmada(row, e.reservaId());
            case ReservaCancelada e -> row.reservas = without(row.reservas, e.reservaId());
            case ReservaExpirada e -> row.reservas = without(row.reservas, e.reservaId());
            case ReservaBaixada e -> row.reservas = without(row.reservas, e.reservaId());
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
        row.reservas = List.of();
        return row;
    }

    private static void reservada(OfertaRow row, OfertaReservada e) {
        var more = new ArrayList<>(without(row.reservas, e.reservaId()));
        var entrega = e.entregaId() == null ? null : e.entregaId().value();
        more.add(new Reserva(e.reservaId(), e.volunteerId(), e.items(), e.expiresAt(), entrega));
        row.reservas = more;
    }

    private static void confirmada(OfertaRow row, UUID id) {
        row.reservas = row.reservas.stream()
                .map(reserva -> reserva.reservaId().equals(id)
                        ? new Reserva(id, reserva.volunteerId(), reserva.items(), null, reserva.entregaId())
                        : reserva)
                .toList();
    }

    private static List<Reserva> without(List<Reserva> reservas, UUID id) {
        return reservas.stream()
                .filter(reserva -> !reserva.reservaId().equals(id))
                .toList();
    }
}
