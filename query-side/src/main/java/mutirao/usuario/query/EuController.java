package mutirao.usuario.query;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.organizacao.api.OrganizacaoQuery.BuscarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoResumo;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Memberships;
import mutirao.platform.identity.Memberships.Membership;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.identity.Role;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.ReadsFrom;
import mutirao.usuario.api.UsuarioId;
import mutirao.usuario.api.UsuarioQuery.BuscarUsuario;
import mutirao.usuario.api.UsuarioResumo;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells whoever asks who they are.
@RestController
@RequestMapping("/api/eu")
@ReadsFrom({"usuario", "organizacao"})
class EuController {
    private final Queries queries;
    private final ObjectProvider<Memberships> memberships;

    EuController(Queries queries, ObjectProvider<Memberships> memberships) {
        this.queries = queries;
        this.memberships = memberships;
    }

    /// @param name          null for a machine, as is the e-mail
    /// @param roles         in the organization acted for, by the token that was shown
    /// @param organizations by id
    record Eu(
            UUID id,
            @Nullable String name,
            @Nullable String email,
            List<Role> roles,
            UUID organizationId,
            List<Minha> organizations) {}

    /// @param name    null while the organization has none
    /// @param current whether it is the one acted for
    record Minha(UUID id, @Nullable String name, List<Role> roles, boolean current) {}

    @OpenTo(everybody = true)
    @GetMapping
    Eu eu(Actor actor) {
        var me = queries.ask(new BuscarUsuario(new UsuarioId(actor.userId())));
        return new Eu(
                actor.userId(),
                me.map(UsuarioResumo::name).orElse(null),
                me.map(UsuarioResumo::email).orElse(null),
                inOrder(actor.roles()),
                actor.organizationId(),
                organizations(actor));
    }

    private List<Minha> organizations(Actor actor) {
        var all = Optional.ofNullable(memberships.getIfAvailable())
                .map(known -> known.of(actor.userId()))
                .filter(found -> !found.isEmpty())
                .orElseGet(() -> List.of(new Membership(actor.organizationId(), actor.roles())));
        var ids = all.stream().map(Membership::organizationId).collect(toSet());
        var names = queries.ask(new BuscarOrganizacoes(ids)).items().stream()
                .collect(toMap(OrganizacaoResumo::id, OrganizacaoResumo::name));
        return all.stream()
                .sorted(Comparator.comparing(Membership::organizationId))
                .map(one -> new Minha(
                        one.organizationId(),
                        names.get(one.organizationId()),
                        inOrder(one.roles()),
                        one.organizationId().equals(actor.organizationId())))
                .toList();
    }

    private static List<Role> inOrder(Set<Role> roles) {
        return roles.stream().sorted().toList();
    }
}
