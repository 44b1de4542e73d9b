package mutirao.necessidade.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import org.jspecify.annotations.Nullable;

/// A need as it comes from outside, alone or as a line of an import: here so that both are held to the same
/// constraints.
///
/// @param id      the client's choice; null to leave it to the server
/// @param publica whether whoever asks may know of it; null for no
public record NovaNecessidade(
        @Nullable UUID id,
        @NotNull Categoria category,
        @NotEmpty @Size(max = 200) @ItensDistintos List<@Valid @NotNull Item> items,
        @NotNull @Valid Local location,
        @NotNull Urgencia urgency,
        @Future @Nullable Instant neededUntil,
        @Nullable @Metadata Map<String, String> metadata,
        @JsonProperty("public") @Nullable Boolean publica) {
    /// A need that is only the organization's.
    public NovaNecessidade(
            @Nullable UUID id,
            Categoria category,
            List<Item> items,
            Local location,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            @Nullable Map<String, String> metadata) {
        this(id, category, items, location, urgency, neededUntil, metadata, null);
    }

    /// The wish to create it, once it has been found valid.
    public CriarNecessidade command(NecessidadeId id, UUID creatorId) {
        return new CriarNecessidade(
                id,
                category,
                items,
                location,
                creatorId,
                urgency,
                neededUntil,
                requireNonNullElse(metadata, Map.of()),
                requireNonNullElse(publica, false));
    }
}
