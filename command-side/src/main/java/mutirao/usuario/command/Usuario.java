package mutirao.usuario.command;

import static java.util.Objects.requireNonNullElse;
import static mutirao.usuario.command.UsuarioRule.*;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.List;
import java.util.Set;
import mutirao.api.Actors;
import mutirao.api.Nome;
import mutirao.api.Patch;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioCommand.*;
import mutirao.usuario.api.UsuarioEvent;
import mutirao.usuario.api.UsuarioEvent.*;
import mutirao.usuario.api.UsuarioId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// A person as one organization knows them: name, contact, and what they may do there.
@Aggregate(type = "usuario", snapshotTriggerDefinition = "everyHundredEvents")
class Usuario {
    @AggregateIdentifier
    private UsuarioId id;

    private String name;
    private String email;
    private @Nullable String phone;
    private Set<Papel> papeis = Set.of();
    private boolean ativo = true;

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Usuario() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(CadastrarUsuario c, Actor actor, Emails emails) {
        actor.requireAny(Role.ADMIN, Role.OPERADOR);
        permitirPapeis(actor, Set.of(), c.roles());
        JA_EXISTE.require(actor.system() || !Actors.reserved(c.id().value()));
        JA_EXISTE.require(emails.tomar(actor.organizationId(), c.email(), c.id()));
        apply(new UsuarioCadastrado(c.id(), Nome.visivel(c.name()), c.email(), c.phone()));
        apply(new PapeisAlterados(c.id(), emOrdem(c.roles())));
    }

    @CommandHandler
    void handle(AtualizarUsuario c, Actor actor, Emails emails) {
        actor.require(id.value(), Role.ADMIN);
        permitirSobre(actor);
        USUARIO_INATIVO.require(ativo);
        if (c.roles() != null) {
            alterarPapeis(c.roles(), actor);
        }
        alterarContato(c, actor, emails);
    }

    private void alterarPapeis(Set<Papel> novos, Actor actor) {
        actor.requireAny(Role.ADMIN);
        permitirPapeis(actor, papeis, novos);
        NAO_DEIXA_DE_SER_ADMIN.require(!eu(actor) || novos.contains(Papel.ADMIN));
        if (!novos.equals(papeis)) {
            apply(new PapeisAlterados(id, emOrdem(novos)));
        }
    }

    private void alterarContato(AtualizarUsuario c, Actor actor, Emails emails) {
        var novo = new UsuarioAtualizado(
                id,
                c.name() == null ? name : Nome.visivel(c.name()),
                requireNonNullElse(c.email(), email),
                Patch.apply(c.phone(), phone));
        if (novo.equals(new UsuarioAtualizado(id, name, email, phone))) {
            return;
        }
        JA_EXISTE.require(emails.tomar(actor.organizationId(), novo.email(), id));
        apply(novo);
    }

    @CommandHandler
    void handle(DesativarUsuario c, Actor actor) {
        actor.requireAny(Role.ADMIN);
        permitirSobre(actor);
        NAO_DESATIVA_A_SI_MESMO.require(!eu(actor));
        USUARIO_INATIVO.require(ativo);
        apply(new UsuarioDesativado(id, c.reason()));
    }

    @CommandHandler
    void handle(ReativarUsuario c, Actor actor) {
        actor.requireAny(Role.ADMIN);
        permitirSobre(actor);
        USUARIO_ATIVO.require(!ativo);
        apply(new UsuarioReativado(id));
    }

    private boolean eu(Actor actor) {
        return actor.userId().equals(id.value());
    }

    /// Whoever runs the installation is changed by themselves or by another who does: an e-mail is a way to a password.
    private void permitirSobre(Actor actor) {
        if (papeis.contains(Papel.OPERADOR) && !eu(actor)) {
            actor.requireAny(Role.OPERADOR);
        }
    }

    /// Only who runs the installation makes others do so, or ends it.
    private static void permitirPapeis(Actor actor, Set<Papel> antes, Set<Papel> depois) {
        if (antes.contains(Papel.OPERADOR) != depois.contains(Papel.OPERADOR)) {
            actor.requireAny(Role.OPERADOR);
        }
    }

    private static List<Papel> emOrdem(Set<Papel> papeis) {
        return papeis.stream().sorted().toList();
    }

    @EventSourcingHandler
    void on(UsuarioEvent event) {
        switch (event) {
            case UsuarioCadastrado e -> {
                id = e.id();
                contato(e.name(), e.email(), e.phone());
            }
            case UsuarioAtualizado e -> contato(e.name(), e.email(), e.phone());
            case PapeisAlterados e -> papeis = Set.copyOf(e.roles());
            case UsuarioDesativado _ -> ativo = false;
            case UsuarioReativado _ -> ativo = true;
        }
    }

    private void contato(String name, String email, @Nullable String phone) {
        this.name = name;
        this.email = email;
        this.phone = phone;
    }
}
