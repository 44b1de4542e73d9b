package mutirao.oferta.command;

import java.util.List;
import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.oferta.api.OfertaCommand.ExpirarOferta;
import mutirao.oferta.api.OfertaCommand.ExpirarReserva;
import mutirao.oferta.api.OfertaEvent.OfertaAtualizada;
import mutirao.oferta.api.OfertaEvent.OfertaPublicada;
import mutirao.oferta.api.OfertaEvent.OfertaReservada;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Prazo;
import org.springframework.stereotype.Component;

/// Wakes an offer when it ends, and when one of its holds lapses.
@Component
final class PrazosDaOferta implements Prazo {
    @Override
    public String name() {
        return "oferta";
    }

    @Override
    public Set<String> contexts() {
        return Set.of("oferta");
    }

    @Override
    public List<Order> on(DomainEvent event, EventMeta meta) {
        return switch (event) {
            case OfertaPublicada e -> List.of(Order.at(e.availableUntil(), new ExpirarOferta(e.id())));
            case OfertaAtualizada e -> List.of(Order.at(e.availableUntil(), new ExpirarOferta(e.id())));
            case OfertaReservada e -> List.of(Order.at(e.expiresAt(), new ExpirarReserva(e.id(), e.reservaId())));
            default -> List.of();
        };
    }
}
