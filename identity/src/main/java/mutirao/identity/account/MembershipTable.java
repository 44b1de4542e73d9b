package mutirao.identity.account;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mutirao.identity.client.Clients;
import mutirao.identity.resource.Claims;
import mutirao.platform.identity.Memberships;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what people can act as, in a process that lets nobody log in too. Thread-safe.
public final class MembershipTable implements Memberships {
    private final JdbcClient db;

    /// @param db holds them
    public MembershipTable(JdbcClient db) {
        this.db = db;
    }

    /// A client acts under its own id, or under the name that [Claims] makes of it.
    @Override
    public Optional<Boolean> acts(UUID userId, UUID organization) {
        var person =
                db.sql("""
                        select m.organization_id = ? and f.usuario_id is not null
                        from membership m left join membership_in_force f using (usuario_id) where m.usuario_id = ?
                        """).params(organization, userId).query(Boolean.class).optional();
        return person.or(() -> client(userId).map(organization.toString()::equals));
    }

    /// For which organization the client of a user id acts.
    private Optional<String> client(UUID userId) {
        record Client(String id, @Nullable String organization) {}
        return db
                .sql("select client_id, client_settings::jsonb ->> ? from oauth2_registered_client")
                .param(Clients.ORGANIZATION)
                .query((row, _) -> new Client(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .filter(client -> client.organization() != null
                        && Claims.subject(client.id()).equals(userId))
                .map(Client::organization)
                .findFirst();
    }

    @Override
    public List<Membership> of(UUID userId) {
        return db.sql("""
                        select organization_id, roles, bool_or(:everywhere = any (roles)) over () as operates
                        from membership_in_force
                        where account_id = (select account_id from membership_in_force where usuario_id = :usuario)
                        order by organization_id
                        """)
                .param("everywhere", Role.OPERADOR.name())
                .param("usuario", userId)
                .query((row, _) -> {
                    var roles = Role.named(
                            Arrays.asList((String[]) row.getArray("roles").getArray()));
                    if (row.getBoolean("operates")) {
                        roles.add(Role.OPERADOR);
                    }
                    return new Membership(row.getObject("organization_id", UUID.class), roles);
                })
                .list();
    }
}
