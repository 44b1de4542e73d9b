package mutirao.identity.account;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Who may log in, and as what they act. Thread-safe.
///
/// After five failures in a row an account is locked for a minute, after each further one for twice as long, up to an
/// hour; while it is locked nothing is tried and nothing counts. A wrong password, an unknown login, a locked and a
/// disabled account get the same answer after the same work: one hash, and one row written. A login that is not there
/// is worked on with the account of nobody.
public final class Accounts {
    /// The administrator that a first start makes.
    public static final UUID ADMINISTRATOR = Actors.ADMINISTRATOR;

    static final UUID NOBODY = UUID.fromString("00000000-0000-0000-0000-000000000000");
    private static final int FREE_FAILURES = 5;
    private static final int LONGEST_PASSWORD = 1000;

    /// Counted before the password is looked at, so that guesses side by side have no more tries than one by one.
    private static final String ATTEMPT = """
            with attempt as (
                select id, password_hash, failed_attempts, locked_until,
                       disabled or (select coalesce(bool_and(m.disabled), false) from membership m
                                    where m.account_id = account.id) as disabled,
                       coalesce(locked_until > cast(:now as timestamptz), false) as locked
                from account where login = :login or id = :nobody
                order by id = :nobody limit 1 for update
            )
            update account set
                failed_attempts = case when attempt.locked then attempt.failed_attempts
                                       else least(attempt.failed_attempts + 1, 1000) end,
                locked_until = case
                    when not attempt.locked and attempt.failed_attempts + 1 >= :free
                    then cast(:now as timestamptz)
                        + least(interval '1 minute' * power(2, least(attempt.failed_attempts + 1 - :free, 10)),
                                interval '1 hour')
                    else attempt.locked_until end
            from attempt where account.id = attempt.id
            returning account.id, attempt.password_hash, attempt.locked or attempt.disabled as refused
            """;

    private final JdbcClient db;
    private final PasswordEncoder passwords;
    private final Clock clock;

    private record Attempt(UUID id, String hash, boolean refused) {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /// @param passwords hashes them
    public Accounts(JdbcClient db, PasswordEncoder passwords, Clock clock) {
        this.db = db;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// The person whose login and password these are; empty for whatever reason they are not let in. Forgets earlier
    /// failures, and hashes the password anew if that is done better by now.
    public Optional<UUID> logIn(String login, String password) {
        var attempt = attempt(login);
        var tried = password.length() > LONGEST_PASSWORD ? "" : password;
        if (!passwords.matches(tried, attempt.hash()) || attempt.refused()) {
            return Optional.empty();
        }
        var hash = passwords.upgradeEncoding(attempt.hash()) ? hash(password) : attempt.hash();
        db.sql("update account set failed_attempts = 0, locked_until = null, password_hash = ? where id = ?")
                .param(hash)
                .param(attempt.id())
                .update();
        return Optional.of(attempt.id());
    }

    private Attempt attempt(String login) {
        return db.sql(ATTEMPT)
                .param("now", now())
                .param("login", normal(login))
                .param("nobody", NOBODY)
                .param("free", FREE_FAILURES)
                .query((row, _) -> new Attempt(
                        row.getObject("id", UUID.class), row.getString("password_hash"), row.getBoolean("refused")))
                .single();
    }

    /// Makes the account that stands in for logins which are not there.
    public void openNobody() {
        var hash = db.sql("select password_hash from account where id = ?")
                .param(NOBODY)
                .query(String.class)
                .optional();
        if (hash.isEmpty()) {
            insert(NOBODY, null, UUID.randomUUID().toString(), true);
        } else if (passwords.upgradeEncoding(hash.get())) {
            db.sql("update account set password_hash = ? where id = ?")
                    .param(hash(UUID.randomUUID().toString()))
                    .param(NOBODY)
                    .update();
        }
    }

    /// Whether somebody has an account, whatever their login is by now.
    public boolean exists(UUID person) {
        return db.sql("select exists (select from account where id = ?)")
                .param(person)
                .query(Boolean.class)
                .single();
    }

    /// Lets a person log in, whose login is theirs: whoever calls this knows.
    ///
    /// @param login an e-mail address, in any case
    /// @throws org.springframework.dao.DuplicateKeyException when the person or the login has an account
    public void open(UUID person, String login, String password) {
        insert(person, normal(login), password, false);
    }

    private void insert(UUID person, @Nullable String login, String password, boolean disabled) {
        db.sql("""
                        insert into account (id, login, password_hash, disabled, email_proved, password_set_at, created_at)
                        values (:id, :login, :hash, :off, true, :now, :now)
                        """)
                .param("id", person)
                .param("login", login, Types.VARCHAR)
                .param("hash", hash(password))
                .param("off", disabled)
                .param("now", now())
                .update();
    }

    /// Makes a person that in an organization, and nothing else there.
    public void join(Membership membership) {
        db.sql("""
                        insert into membership (account_id, organization_id, usuario_id, roles) values (?, ?, ?, ?)
                        on conflict (account_id, organization_id) do update set roles = excluded.roles
                        """)
                .param(membership.account())
                .param(membership.organization())
                .param(membership.usuario())
                .param(membership.roles().stream().map(Role::name).sorted().toArray(String[]::new))
                .update();
    }

    /// From now on the person cannot log in, and tokens they have are not renewed.
    public void disable(UUID person) {
        db.sql("update account set disabled = true where id = ?").param(person).update();
    }

    /// Gives an account another password and forgets what was tried before; whoever logged in earlier is out.
    ///
    /// @param madeBy the organization that saw to it, the only one acted for until the owner proves to read the
    ///               mail of the login; null when they just have
    public void setPassword(UUID person, String password, @Nullable UUID madeBy) {
        db.sql("""
                        update account set password_hash = :hash, password_set_at = :now, failed_attempts = 0,
                                           locked_until = null, email_proved = :proved,
                                           made_by = coalesce(cast(:by as uuid), made_by)
                        where id = :id
                        """)
                .param("hash", hash(password))
                .param("now", now())
                .param("proved", madeBy == null)
                .param("by", madeBy, Types.OTHER)
                .param("id", person)
                .update();
    }

    /// Whether whoever logged in then is still in.
    public boolean stands(UUID person, Instant loggedIn) {
        return db.sql("select exists (select from account where id = ? and not disabled and password_set_at <= ?)")
                .param(person)
                .param(loggedIn.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /// What the person acts as.
    ///
    /// @param organization for which one; null for the one that has known them longest
    /// @return empty when they belong to no such organization, or are disabled
    public Optional<Membership> acting(UUID person, @Nullable UUID organization) {
        return db.sql("""
                        select m.account_id, m.organization_id, m.usuario_id, m.roles,
                               exists (select from membership_in_force o
                                       where o.account_id = m.account_id and :everywhere = any (o.roles)) as operates
                        from membership_in_force m
                        where m.account_id = :person
                          and (cast(:organization as uuid) is null or m.organization_id = cast(:organization as uuid))
                        order by m.since, m.organization_id limit 1
                        """)
                .param("everywhere", Role.OPERADOR.name())
                .param("person", person)
                .param("organization", organization, Types.OTHER)
                .query((row, _) -> membership(row))
                .optional();
    }

    private static Membership membership(ResultSet row) throws SQLException {
        var roles = Role.named(Arrays.asList((String[]) row.getArray("roles").getArray()));
        if (row.getBoolean("operates")) {
            roles.add(Role.OPERADOR);
        }
        return new Membership(
                row.getObject("account_id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("usuario_id", UUID.class),
                roles);
    }

    private String hash(String password) {
        return requireNonNull(passwords.encode(password));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /// A login as it is stored. PostgreSQL's text has no U+0000.
    public static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT).replace("\0", "");
    }
}
