package mutirao.usuario.command;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import mutirao.api.Actors;
import mutirao.api.RuleViolation;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Sender;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.identity.Memberships;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioCommand.CadastrarUsuario;
import mutirao.usuario.api.UsuarioId;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Registers the administrator that a first start lets in, so that they are a person like everybody else: once,
/// whichever process is first and however often it starts. The id is the same everywhere, so the store takes one.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PrimeiroAdministrador implements ApplicationListener<ApplicationReadyEvent> {
    /// What they log in with, in place of an e-mail until they say theirs.
    static final String LOGIN = "admin";

    private static final String NOME = "Administração";
    private static final UsuarioId ID = new UsuarioId(Actors.ADMINISTRATOR);
    private static final Logger LOG = LoggerFactory.getLogger(PrimeiroAdministrador.class);

    private final Commands commands;
    private final EventLog log;
    private final ObjectProvider<Memberships> memberships;

    /// @param memberships of this installation's own accounts; another issuer's are not for it to register
    PrimeiroAdministrador(Commands commands, EventLog log, ObjectProvider<Memberships> memberships) {
        this.commands = commands;
        this.log = log;
        this.memberships = memberships;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var papeis = papeis();
        if (!papeis.isEmpty() && log.organizationOf(ID.stored()).isEmpty()) {
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

    /// Changes nothing when another process has been faster.
    void cadastrar(Set<Papel> papeis) {
        var cause = UUID.randomUUID().toString();
        try {
            commands.send(
                    new CadastrarUsuario(ID, NOME, LOGIN, null, papeis),
                    Sender.system("job:primeiro-administrador", Actors.ORGANIZATION, cause, cause));
        } catch (RuleViolation | AggregateStreamCreationException | ConcurrencyException e) {
            LOG.info("The administrator is registered already: {}", e.getMessage());
        }
    }
}
