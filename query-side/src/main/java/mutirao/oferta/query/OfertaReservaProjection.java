package mutirao.oferta.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Item;
import mutirao.api.Titular;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.query.OfertaReservaProjection.Registro;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The holds that are on: one row per hold, so that one more costs as much on an offer with many as on one with none.
@Component
final class OfertaReservaProjection implements Projection<OfertaEvent, Registro> {
    static final Table<Registro> TABLE = Table.of("oferta_reserva", 1, Registro.class)
            .folding(OfertaEvent.class)
            .index("oferta", "(oferta_id, expires_at, id)");

    /// @param id        `<oferta>/<reserva>`: what a client calls a hold is its own only within the offer
    /// @param expiresAt null once confirmed
    record Registro(
            String id,
            UUID ofertaId,
            UUID reservaId,
            UUID volunteerId,
            List<Item> items,
            @Nullable Instant expiresAt,
            @Nullable UUID entregaId) {}

    @Override
    public Table<Registro> table() {
        return TABLE;
    }

    /// A refusal changes no hold: what it could not take over stays whose it is. The end of an offer ends its holds one
    /// by one, by their own events.
    @Override
    public @Nullable Object keyOf(OfertaEvent event, EventMeta meta) {
        return switch (event) {
            case OfertaReservada e -> id(e.id(), e.reservaId());
            case ReservaConfirmada e -> id(e.id(), e.reservaId());
            case ReservaCancelada e -> id(e.id(), e.reservaId());
            case ReservaExpirada e -> id(e.id(), e.reservaId());
            case ReservaBaixada e -> id(e.id(), e.reservaId());
            case OfertaPublicada _, OfertaAtualizada _, ReservaRecusada _, OfertaExpirada _, OfertaCancelada _ -> null;
        };
    }

    private static String id(OfertaId oferta, UUID reserva) {
        return oferta.value() + "/" + reserva;
    }

    @Override
    public @Nullable Registro evolve(@Nullable Registro row, OfertaEvent event, EventMeta meta) {
        if (event instanceof OfertaReservada e) {
            return new Registro(
                    id(e.id(), e.reservaId()),
                    e.id().value(),
                    e.reservaId(),
                    e.volunteerId(),
                    e.items(),
                    e.expiresAt(),
                    Optional.ofNullable(e.titular()).map(Titular::value).orElse(null));
        }
        return row != null && event instanceof ReservaConfirmada ? confirmada(row) : null;
    }

    private static Registro confirmada(Registro row) {
        return new Registro(row.id, row.ofertaId, row.reservaId, row.volunteerId, row.items, null, row.entregaId);
    }
}
