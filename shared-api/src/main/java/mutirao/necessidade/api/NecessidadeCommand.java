package mutirao.necessidade.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.api.Categoria;
import mutirao.api.DomainCommand;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.LocalPatch;
import mutirao.api.MetadataPatch;
import mutirao.api.Patch;
import mutirao.api.Titular;
import org.jspecify.annotations.Nullable;

/// What can be asked of a need. The last four come from the saga of a delivery or from a timer.
public sealed interface NecessidadeCommand extends DomainCommand {
    @Override
    NecessidadeId id();

    /// @param neededUntil when the need lapses if nothing has been promised; null for never
    /// @param publica     whether whoever asks may know of it
    record CriarNecessidade(
            NecessidadeId id,
            Categoria category,
            List<Item> items,
            Local location,
            UUID creatorId,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            Map<String, String> metadata,
            boolean publica)
            implements NecessidadeCommand {
        /// A need that is only the organization's.
        public CriarNecessidade(
                NecessidadeId id,
                Categoria category,
                List<Item> items,
                Local location,
                UUID creatorId,
                Urgencia urgency,
                @Nullable Instant neededUntil,
                Map<String, String> metadata) {
            this(id, category, items, location, creatorId, urgency, neededUntil, metadata, false);
        }
    }

    /// Fields that are null stay as they are; `items` is replaced whole.
    record AtualizarNecessidade(
            NecessidadeId id,
            @Nullable Categoria category,
            @Nullable List<Item> items,
            @Nullable LocalPatch location,
            @Nullable Urgencia urgency,
            @Nullable Patch<Instant> neededUntil,
            @Nullable MetadataPatch metadata,
            @Nullable Boolean publica)
            implements NecessidadeCommand {
        /// The same, public or not as it was.
        public AtualizarNecessidade(
                NecessidadeId id,
                @Nullable Categoria category,
                @Nullable List<Item> items,
                @Nullable LocalPatch location,
                @Nullable Urgencia urgency,
                @Nullable Patch<Instant> neededUntil,
                @Nullable MetadataPatch metadata) {
            this(id, category, items, location, urgency, neededUntil, metadata, null);
        }

        /// Whether it says nothing but whether the need is public.
        public boolean soPublica() {
            return publica != null
                    && Stream.of(category, items, location, urgency, neededUntil, metadata)
                            .allMatch(Objects::isNull);
        }
    }

    record CancelarNecessidade(NecessidadeId id, String reason) implements NecessidadeCommand {}

    /// Lets an open need lapse if it is due; changes nothing otherwise.
    record ExpirarNecessidade(NecessidadeId id) implements NecessidadeCommand {}

    /// Promises units of a delivery, in the units of the offer. Answered by an event, also when refused.
    record ComprometerNecessidade(
            NecessidadeId id, @JsonProperty("entregaId") Titular titular, List<Item> items)
            implements NecessidadeCommand {}

    record LiberarCompromisso(
            NecessidadeId id, @JsonProperty("entregaId") Titular titular) implements NecessidadeCommand {}

    /// Books what a delivery promised as arrived.
    record AtenderNecessidade(
            NecessidadeId id,
            @JsonProperty("entregaId") Titular titular,
            @Nullable Instant occurredAt) implements NecessidadeCommand {}
}
