package mutirao.oferta.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Titular;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.EventoPublico.Lugar;
import mutirao.integracao.api.Traducao;
import mutirao.messaging.Publishes;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.Outcome;
import mutirao.oferta.api.OfertaEvent.ReservaRecusada;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What other systems are told of offers. Refusals inside are nobody else's.
@Component
final class OfertaTraducao implements Traducao<OfertaEvent> {
    private static final String TOPIC = "mutirao.oferta";

    @Override
    public @Nullable EventoPublico of(OfertaEvent event) {
        var id = event.id().value();
        return switch (event) {
            case OfertaEvent.OfertaPublicada e ->
                new OfertaPublicada(id, e.category(), e.items(), Lugar.de(e.location()), e.availableUntil());
            case OfertaEvent.OfertaAtualizada e ->
                new OfertaAtualizada(id, e.category(), e.items(), Lugar.de(e.location()), e.availableUntil());
            case OfertaEvent.OfertaReservada e ->
                new OfertaReservada(id, e.reservaId(), e.volunteerId(), e.items(), e.expiresAt(), value(e.titular()));
            case OfertaEvent.ReservaCancelada e ->
                new ReservaCancelada(id, e.reservaId(), e.items(), value(e.titular()));
            case OfertaEvent.ReservaExpirada e -> new ReservaExpirada(id, e.reservaId(), e.items(), value(e.titular()));
            case OfertaEvent.ReservaConfirmada e ->
                new ReservaConfirmada(id, e.reservaId(), e.titular().value());
            case OfertaEvent.ReservaBaixada e ->
                new ReservaBaixada(id, e.reservaId(), e.items(), e.titular().value(), e.outcome());
            case OfertaEvent.OfertaExpirada e -> new OfertaExpirada(id, e.availableUntil(), e.reason());
            case OfertaEvent.OfertaCancelada _ -> new OfertaCancelada(id);
            case ReservaRecusada _ -> null;
        };
    }

    private static @Nullable UUID value(@Nullable Titular id) {
        return id == null ? null : id.value();
    }

    @Publishes(value = "oferta.publicada", topic = TOPIC)
    record OfertaPublicada(UUID id, Categoria category, List<Item> items, Lugar location, Instant availableUntil)
            implements EventoPublico {}

    @Publishes(value = "oferta.atualizada", topic = TOPIC)
    record OfertaAtualizada(UUID id, Categoria category, List<Item> items, Lugar location, Instant availableUntil)
            implements EventoPublico {}

    @Publishes(value = "oferta.reservada", topic = TOPIC)
    record OfertaReservada(
            UUID id,
            UUID reservaId,
            UUID volunteerId,
            List<Item> items,
            Instant expiresAt,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-cancelada", topic = TOPIC)
    record ReservaCancelada(
            UUID id,
            UUID reservaId,
            List<Item> items,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-expirada", topic = TOPIC)
    record ReservaExpirada(
            UUID id,
            UUID reservaId,
            List<Item> items,
            @Nullable UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-confirmada", topic = TOPIC)
    record ReservaConfirmada(UUID id, UUID reservaId, UUID entregaId) implements EventoPublico {}

    @Publishes(value = "oferta.reserva-baixada", topic = TOPIC)
    record ReservaBaixada(UUID id, UUID reservaId, List<Item> items, UUID entregaId, Outcome outcome)
            implements EventoPublico {}

    @Publishes(value = "oferta.expirada", topic = TOPIC)
    record OfertaExpirada(UUID id, Instant availableUntil, String reason) implements EventoPublico {}

    @Publishes(value = "oferta.cancelada", topic = TOPIC)
    record OfertaCancelada(UUID id) implements EventoPublico {}
}
