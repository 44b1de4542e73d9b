package mutirao.oferta.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Personal;
import mutirao.api.Titular;
import mutirao.api.Upcast;
import org.jspecify.annotations.Nullable;

/// What happened to an offer. Where a hold belongs to a process, `titular` names it.
public sealed interface OfertaEvent extends DomainEvent {
    @Override
    OfertaId id();

    /// What became of units that were booked out.
    enum Outcome {
        DELIVERED,
        LOST
    }

    @EventType("oferta.OfertaPublicada")
    record OfertaPublicada(
            OfertaId id,
            Categoria category,
            List<Item> items,
            UUID providerId,
            @Personal(subject = "providerId") Local location,
            Instant availableUntil,
            @Personal(subject = "providerId") Map<String, String> metadata)
            implements OfertaEvent {}

    /// Everything that can change, as it is from now on.
    @EventType("oferta.OfertaAtualizada")
    record OfertaAtualizada(
            OfertaId id,
            Categoria category,
            List<Item> items,
            UUID providerId,
            @Personal(subject = "providerId") Local location,
            Instant availableUntil,
            @Personal(subject = "providerId") Map<String, String> metadata)
            implements OfertaEvent {}

    /// @param expiresAt when the hold lapses unless it is confirmed
    @EventType("oferta.OfertaReservada")
    record OfertaReservada(
            OfertaId id,
            UUID reservaId,
            UUID volunteerId,
            List<Item> items,
            Instant expiresAt,
            @JsonProperty("entregaId") @Nullable Titular titular)
            implements OfertaEvent {}

    /// @param reason the broken rule
    @EventType("oferta.ReservaRecusada")
    record ReservaRecusada(
            OfertaId id,
            UUID reservaId,
            @JsonProperty("entregaId") Titular titular,
            String reason) implements OfertaEvent {}

    @EventType("oferta.ReservaCancelada")
    record ReservaCancelada(
            OfertaId id,
            UUID reservaId,
            List<Item> items,
            @JsonProperty("entregaId") @Nullable Titular titular) implements OfertaEvent {}

    @EventType("oferta.ReservaExpirada")
    record ReservaExpirada(
            OfertaId id,
            UUID reservaId,
            List<Item> items,
            @JsonProperty("entregaId") @Nullable Titular titular) implements OfertaEvent {}

    @EventType("oferta.ReservaConfirmada")
    record ReservaConfirmada(
            OfertaId id,
            UUID reservaId,
            @JsonProperty("entregaId") Titular titular) implements OfertaEvent {}

    @EventType("oferta.ReservaBaixada")
    record ReservaBaixada(
            OfertaId id,
            UUID reservaId,
            List<Item> items,
            @JsonProperty("entregaId") Titular titular,
            Outcome outcome) implements OfertaEvent {}

    /// @param reason why it ended by itself, UPPER_SNAKE; so far always [#PRAZO]
    @EventType(value = "oferta.OfertaExpirada", revision = "2", upcasts = OfertaExpirada.ComMotivo.class)
    record OfertaExpirada(OfertaId id, Instant availableUntil, String reason) implements OfertaEvent {
        /// Its `availableUntil` has come.
        public static final String PRAZO = "PRAZO_DA_OFERTA_VENCIDO";

        /// Before it said so, an offer ended by itself for one reason only.
        public static final class ComMotivo implements Upcast {
            @Override
            public Map<String, Object> apply(Map<String, Object> fields) {
                fields.put("reason", "PRAZO_DA_OFERTA_VENCIDO");
                return fields;
            }
        }
    }

    @EventType("oferta.OfertaCancelada")
    record OfertaCancelada(OfertaId id, String reason) implements OfertaEvent {}
}
