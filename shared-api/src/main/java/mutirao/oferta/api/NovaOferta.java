package mutirao.oferta.api;

import static java.util.Objects.requireNonNullElse;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.ItensDistintos;
import mutirao.api.Local;
import mutirao.api.Metadata;
import mutirao.oferta.api.OfertaCommand.PublicarOferta;
import org.jspecify.annotations.Nullable;

/// An offer as it comes from outside, alone or out of an import: here so that both are held to the same constraints.
///
/// @param id the client's choice; null to leave it to the server
public record NovaOferta(
        @Nullable UUID id,
        @NotNull Categoria category,
        @NotEmpty @Size(max = 200) @ItensDistintos List<@Valid @NotNull Item> items,
        @NotNull @Valid Local location,
        @NotNull @Future Instant availableUntil,
        @Nullable @Metadata Map<String, String> metadata) {
    /// The wish to publish it, once it has been found valid.
    public PublicarOferta command(OfertaId id, UUID providerId) {
        return new PublicarOferta(
                id, category, items, providerId, location, availableUntil, requireNonNullElse(metadata, Map.of()));
    }
}
