package mutirao.usuario.api;

import java.util.Optional;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about people.
public sealed interface UsuarioQuery<R> extends Query<R> {
    /// Answered to the person and to coordination.
    record BuscarUsuario(UsuarioId id) implements UsuarioQuery<Optional<UsuarioResumo>> {}

    /// Filters that are null do not filter.
    ///
    /// @param q words that name, e-mail or phone contain
    record ListarUsuarios(
            @Nullable UsuarioStatus status,
            @Nullable Papel role,
            @Nullable String q,
            PageRequest page) implements UsuarioQuery<Page<UsuarioResumo>> {}
}
