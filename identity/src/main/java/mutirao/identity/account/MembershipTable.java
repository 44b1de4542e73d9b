package mutirao.identity.account;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import mutirao.platform.identity.Memberships;
import mutirao.platform.identity.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what people can act as, in a process that lets nobody log in too. Thread-safe.
public final class MembershipTable implements Memberships {
    private final JdbcClient db;

    /// @param db holds them
    public MembershipTable(JdbcClient db) {
        this.db = db;
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
