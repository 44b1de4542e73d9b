package mutirao.oferta.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mutirao.api.Item;
import mutirao.api.Titular;
import org.jspecify.annotations.Nullable;

/// A hold on an offer.
///
/// @param items     empty once nothing can come back of it
/// @param titular   the process it belongs to; null for one made by hand
record Reserva(
        UUID volunteerId,
        List<Item> items,
        Instant expiresAt,
        @JsonProperty("entregaId") @Nullable Titular titular,
        Estado estado) {
    enum Estado {
        /// Lapses at `expiresAt`.
        ATIVA,
        /// Lasts until it is booked out or cancelled.
        CONFIRMADA,
        /// Lapsed; a delivery accepted in time can still restore it while its units are free.
        EXPIRADA,
        /// Refused, cancelled or booked out.
        ENCERRADA
    }

    static Reserva recusada(UUID volunteerId, Titular titular) {
        return new Reserva(volunteerId, List.of(), Instant.EPOCH, titular, Estado.ENCERRADA);
    }

    /// Only a lapsed one that a delivery had can still be restored, and needs to know what it held.
    Reserva em(Estado novo) {
        var over = novo == Estado.ENCERRADA || (novo == Estado.EXPIRADA && titular == null);
        return new Reserva(volunteerId, over ? List.of() : items, expiresAt, titular, novo);
    }

    boolean ativa() {
        return estado == Estado.ATIVA;
    }

    boolean segura() {
        return estado == Estado.ATIVA || estado == Estado.CONFIRMADA;
    }

    /// Whether it has lapsed, also where its timer has not fired yet.
    boolean vencida(Instant now) {
        return ativa() && !now.isBefore(expiresAt);
    }

    boolean de(@Nullable Titular titular) {
        return Objects.equals(this.titular, titular);
    }
}
