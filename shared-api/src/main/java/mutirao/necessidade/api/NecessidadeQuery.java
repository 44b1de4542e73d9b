package mutirao.necessidade.api;

import java.util.Optional;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about needs.
public sealed interface NecessidadeQuery<R> extends Query<R> {
    record BuscarNecessidade(NecessidadeId id) implements NecessidadeQuery<Optional<NecessidadeResumo>> {}

    /// Filters that are null do not filter.
    ///
    /// @param q    words that the items contain, or, of what the caller sees whole, the place or the metadata
    /// @param near compared with the place that the caller sees, exact or rounded
    record ListarNecessidades(
            @Nullable NecessidadeStatus status,
            @Nullable Categoria category,
            @Nullable Urgencia urgency,
            @Nullable UUID creatorId,
            @Nullable String q,
            @Nullable Perto near,
            PageRequest page)
            implements NecessidadeQuery<Page<NecessidadeResumo>> {}

    /// What the organizations ask everybody for, the newest first: the one question that anybody may ask. Filters that
    /// are null do not filter.
    record ListarNecessidadesPublicas(
            @Nullable Categoria category,
            @Nullable Urgencia urgency,
            @Nullable Perto near,
            PageRequest page) implements NecessidadeQuery<Page<NecessidadePublica>> {}
}
