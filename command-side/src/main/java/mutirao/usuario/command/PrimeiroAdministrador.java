package mutirao.usuario.command;

import java.util.Set;
import java.util.stream.Collectors;
import mutirao.api.Actors;
import mutirao.platform.command.Beginning;
import mutirao.platform.identity.Memberships;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioCommand.CadastrarUsuario;
import mutirao.usuario.api.UsuarioId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Registers the administrator that a first start lets in, so that they are a person like everybody else.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class PrimeiroAdministrador implements ApplicationListener<ApplicationReadyEvent> {
    /// What they log in with, in place of an e-mail until they say theirs.
    static final String LOGIN = "admin";

    private static final String NOME = "Administração";
    private static final UsuarioId ID = new UsuarioId(Actors.ADMINISTRATOR);

    private final Beginning beginning;
    private final ObjectProvider<Memberships> memberships;

    /// @param memberships of this installation's own accounts; another issuer's are not for it to register
    PrimeiroAdministrador(Beginning beginning, ObjectProvider<Memberships> memberships) {
        this.beginning = beginning;
        this.memberships = memberships;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var papeis = papeis();
        if (!papeis.isEmpty()) {
            cadastrar(papeis);
        }
    }

    private Set<Papel> papeis() {
        return memberships.stream()
                .flatMap(known -> known.of(Actors.ADMINISTRATOR).stream())
                .filter(one -> one.organizationId().equals(Actors.ORGANIZATION))
                .flatMap(one -> one.roles().stream())
                .map(role -> Papel.valueOf(role.name()))
                .collect(Collectors.toSet());
    }

    /// Changes nothing when they are registered.
    void cadastrar(Set<Papel> papeis) {
        beginning.with(
                new CadastrarUsuario(ID, NOME, LOGIN, null, papeis), "job:primeiro-administrador", Actors.ORGANIZATION);
    }
}
