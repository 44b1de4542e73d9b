package mutirao.usuario.api;

import java.util.Set;
import mutirao.api.DomainCommand;
import mutirao.api.Patch;
import org.jspecify.annotations.Nullable;

/// What can be asked about a person. Each is decided by who asks, too.
public sealed interface UsuarioCommand extends DomainCommand {
    @Override
    UsuarioId id();

    /// @param email nobody else's in the organization
    record CadastrarUsuario(
            UsuarioId id,
            String name,
            String email,
            @Nullable String phone,
            Set<Papel> roles) implements UsuarioCommand {}

    /// Fields that are null stay as they are; `roles` is replaced whole.
    record AtualizarUsuario(
            UsuarioId id,
            @Nullable String name,
            @Nullable String email,
            @Nullable Patch<String> phone,
            @Nullable Set<Papel> roles)
            implements UsuarioCommand {}

    /// From then on the person can do nothing in the organization; what they did stays theirs.
    record DesativarUsuario(UsuarioId id, @Nullable String reason) implements UsuarioCommand {}

    record ReativarUsuario(UsuarioId id) implements UsuarioCommand {}
}
