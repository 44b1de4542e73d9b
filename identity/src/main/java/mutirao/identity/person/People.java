package mutirao.identity.person;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import mutirao.identity.account.Accounts;
import mutirao.identity.token.Authorizations;
import mutirao.platform.identity.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Accounts and memberships, as they follow from who is registered in which organization. Each change can be repeated.
/// Joins the running transaction. Thread-safe.
///
/// An organization can say what somebody is in it, and nothing about their account beyond that: the account is shared
/// with others as soon as they know the same address.
public final class People {
    private final JdbcClient db;
    private final Authorizations authorizations;
    private final Clock clock;

    /// Somebody in an organization, as their administrator may invite them.
    ///
    /// @param disabled  in that organization
    /// @param elsewhere whether other organizations have let the account in too
    /// @param operates  whether they run the installation
    public record Member(UUID account, String login, boolean disabled, boolean elsewhere, boolean operates) {}

    /// @param authorizations ends what was issued
    public People(JdbcClient db, Authorizations authorizations, Clock clock) {
        this.db = db;
        this.authorizations = authorizations;
        this.clock = clock;
    }

    /// Finds or makes the account of an e-mail and lets it in. A new one has a password that nobody knows, nobody's.
    public void register(UUID usuario, UUID organization, String email) {
        db.sql("""
                        insert into account (id, login, password_hash, email_proved, made_by, password_set_at, created_at)
                        select :id, :login, password_hash, false, :organization, :now, :now from account
                        where login is null
                          and not exists (select from membership where usuario_id = :usuario)
                        on conflict (login) do nothing
                        """)
                .param("id", UUID.randomUUID())
                .param("login", Accounts.normal(email))
                .param("organization", organization)
                .param("usuario", usuario)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        db.sql("""
                        insert into membership (account_id, organization_id, usuario_id, roles)
                        select id, :organization, :usuario, '{}' from account where login = :login
                        on conflict do nothing
                        """)
                .param("organization", organization)
                .param("usuario", usuario)
                .param("login", Accounts.normal(email))
                .update();
    }

    /// Makes somebody these in an organization, and nothing else there.
    public void roles(UUID usuario, UUID organization, Collection<String> roles) {
        db.sql("update membership set roles = ? where usuario_id = ? and organization_id = ?")
                .param(roles.toArray(String[]::new))
                .param(usuario)
                .param(organization)
                .update();
    }

    /// Somebody is reached by another e-mail: they log in with it from now on, unless other organizations know the
    /// account by the old one, or somebody else has the new one.
    public void email(UUID usuario, UUID organization, String email) {
        var changed = db.sql("""
                        update account a set login = :login, email_proved = false, made_by = :organization
                        from membership m
                        where m.account_id = a.id and m.usuario_id = :usuario and m.organization_id = :organization
                          and a.login <> :login
                          and not exists (select from membership o where o.account_id = a.id and o.usuario_id <> :usuario)
                          and not exists (select from account other where other.login = :login)
                        returning a.id
                        """)
                .param("login", Accounts.normal(email))
                .param("usuario", usuario)
                .param("organization", organization)
                .query(UUID.class)
                .optional();
        // What was mailed to the old address opens nothing more.
        changed.ifPresent(account -> db.sql("delete from password_link where account_id = ?")
                .param(account)
                .update());
    }

    /// Shuts somebody out of an organization at once, but for an access token that is out, or lets them in again.
    public void disabled(UUID usuario, UUID organization, boolean disabled) {
        var account = db.sql("""
                        update membership set disabled = ? where usuario_id = ? and organization_id = ?
                        returning account_id
                        """)
                .param(disabled)
                .param(usuario)
                .param(organization)
                .query(UUID.class)
                .optional();
        if (disabled) {
            account.ifPresent(person -> authorizations.endAll(person, organization));
        }
    }

    /// Somebody in an organization; empty when nobody logs in as that.
    public Optional<Member> find(UUID usuario, UUID organization) {
        return db.sql("""
                        select a.id, a.login, m.disabled or a.disabled as disabled,
                               exists (select from membership o where o.account_id = a.id
                                         and o.organization_id <> m.organization_id
                                         and (a.email_proved or o.organization_id = a.made_by)) as elsewhere,
                               exists (select from membership o where o.account_id = a.id
                                         and :operator = any (o.roles)) as operates
                        from membership m join account a on a.id = m.account_id
                        where m.usuario_id = :usuario and m.organization_id = :organization
                        """)
                .param("operator", Role.OPERADOR.name())
                .param("usuario", usuario)
                .param("organization", organization)
                .query((row, _) -> new Member(
                        row.getObject("id", UUID.class),
                        row.getString("login"),
                        row.getBoolean("disabled"),
                        row.getBoolean("elsewhere"),
                        row.getBoolean("operates")))
                .optional();
    }

    /// The account that mail about its password may go to; empty when nobody could log in with it anyway.
    public Optional<UUID> reachable(String login) {
        return db.sql("""
                        select id from account a
                        where login = ? and login like '%_@_%' and not disabled
                          and exists (select from membership m where m.account_id = a.id and not m.disabled)
                        """).param(Accounts.normal(login)).query(UUID.class).optional();
    }
}
