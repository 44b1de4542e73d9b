package mutirao.usuario.api;

import java.util.List;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Personal;
import mutirao.integracao.api.Interno;
import org.jspecify.annotations.Nullable;

/// What happened to a person in an organization. No password or anything made of one is ever in here.
@Interno("nothing of people is told")
public sealed interface UsuarioEvent extends DomainEvent {
    @Override
    UsuarioId id();

    @EventType("usuario.UsuarioCadastrado")
    record UsuarioCadastrado(
            UsuarioId id,
            @Personal(subject = "id") String name,
            @Personal(subject = "id") String email,
            @Personal(subject = "id") @Nullable String phone)
            implements UsuarioEvent {}

    /// How the person is called and reached from now on.
    @EventType("usuario.UsuarioAtualizado")
    record UsuarioAtualizado(
            UsuarioId id,
            @Personal(subject = "id") String name,
            @Personal(subject = "id") String email,
            @Personal(subject = "id") @Nullable String phone)
            implements UsuarioEvent {}

    /// @param roles all that the person is from now on, in the order of [Papel]
    @EventType("usuario.PapeisAlterados")
    record PapeisAlterados(UsuarioId id, List<Papel> roles) implements UsuarioEvent {}

    @EventType("usuario.UsuarioDesativado")
    record UsuarioDesativado(
            UsuarioId id,
            @Personal(subject = "id") @Nullable String reason) implements UsuarioEvent {}

    @EventType("usuario.UsuarioReativado")
    record UsuarioReativado(UsuarioId id) implements UsuarioEvent {}
}
