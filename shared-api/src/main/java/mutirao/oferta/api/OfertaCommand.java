package mutirao.oferta.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.DomainCommand;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.LocalPatch;
import mutirao.api.MetadataPatch;
import mutirao.api.Quantia;
import mutirao.api.Titular;
import org.jspecify.annotations.Nullable;

/// What can be asked of an offer. A command with a `titular` comes from that process's saga and is answered by an
/// event, also when refused; without one a person asks, and is refused by a rule.
public sealed interface OfertaCommand extends DomainCommand {
    @Override
    OfertaId id();

    record PublicarOferta(
            OfertaId id,
            Categoria category,
            List<Item> items,
            UUID providerId,
            Local location,
            Instant availableUntil,
            Map<String, String> metadata)
            implements OfertaCommand {}

    /// Fields that are null stay as they are; `items` is replaced whole.
    record AtualizarOferta(
            OfertaId id,
            @Nullable Categoria category,
            @Nullable List<Item> items,
            @Nullable LocalPatch location,
            @Nullable Instant availableUntil,
            @Nullable MetadataPatch metadata)
            implements OfertaCommand {}

    /// Holds units for a while. A delivery's saga that names a hold made by hand takes it over.
    ///
    /// @param holdFor how long, unless it is confirmed; null for the setting
    /// @param askedAt when the delivery was asked for, which a repeat says too, however late; null from a person
    record ReservarOferta(
            OfertaId id,
            UUID reservaId,
            UUID volunteerId,
            List<Quantia> items,
            @JsonProperty("entregaId") @Nullable Titular titular,
            @Nullable Duration holdFor,
            @Nullable Instant askedAt)
            implements OfertaCommand {}

    record CancelarReserva(
            OfertaId id,
            UUID reservaId,
            @JsonProperty("entregaId") @Nullable Titular titular) implements OfertaCommand {}

    /// Lets a hold lapse if it is due and unconfirmed; changes nothing otherwise.
    record ExpirarReserva(OfertaId id, UUID reservaId) implements OfertaCommand {}

    /// Makes a hold last until it is booked out or cancelled.
    record ConfirmarReserva(
            OfertaId id,
            UUID reservaId,
            @JsonProperty("entregaId") Titular titular) implements OfertaCommand {}

    /// Books a hold out: what became of its units.
    record BaixarReserva(
            OfertaId id,
            UUID reservaId,
            @JsonProperty("entregaId") Titular titular,
            OfertaEvent.Outcome outcome) implements OfertaCommand {}

    /// Ends the offer if it is due; changes nothing otherwise.
    record ExpirarOferta(OfertaId id) implements OfertaCommand {}

    record CancelarOferta(OfertaId id, String reason) implements OfertaCommand {}
}
