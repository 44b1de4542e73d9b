package mutirao.identity.person;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import mutirao.identity.account.Accounts;
import mutirao.identity.token.Authorizations;
import mutirao.platform.secret.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/// Links with which a password can be set, each once: 256 random bits, of which only the SHA-256 is stored.
/// Thread-safe.
public class PasswordLinks {
    private static final int BYTES = 32;

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Accounts accounts;
    private final Authorizations authorizations;
    private final Supplier<String> base;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// What a link is for.
    public enum Kind {
        /// For somebody who has had no password yet.
        INVITE(Duration.ofDays(7)),
        /// For somebody who has lost it.
        RESET(Duration.ofHours(1));

        private final Duration lives;

        Kind(Duration lives) {
            this.lives = lives;
        }
    }

    /// A link as whoever gets it sees it.
    public record Link(String address, Instant expiresAt) {
        /// The address is a secret.
        @Override
        public String toString() {
            return "until " + expiresAt;
        }
    }

    private record Used(UUID account, @Nullable UUID madeBy) {}

    /// @param accounts       takes the password
    /// @param authorizations ends what was issued before
    /// @param base           the program's address, without a slash at its end
    public PasswordLinks(
            JdbcClient db,
            TransactionTemplate transaction,
            Accounts accounts,
            Authorizations authorizations,
            Supplier<String> base,
            Clock clock) {
        this.db = db;
        this.transaction = transaction;
        this.accounts = accounts;
        this.authorizations = authorizations;
        this.base = base;
        this.clock = clock;
    }

    /// Makes one.
    ///
    /// @param handedBy the organization whose administrator gets it; null when it is mailed to the account's login
    Link issue(UUID account, Kind kind, @Nullable UUID handedBy) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var expires = now.plus(kind.lives);
        db.sql("""
                        insert into password_link (token_hash, account_id, organization_id, created_at, expires_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .param(hash(token))
                .param(account)
                .param(handedBy)
                .param(now.atOffset(ZoneOffset.UTC))
                .param(expires.atOffset(ZoneOffset.UTC))
                .update();
        return new Link(base.get() + PasswordPages.NEW + "?" + PasswordPages.TOKEN + "=" + token, expires);
    }

    /// Whether one has been mailed for the account within the last so long.
    boolean mailedWithin(UUID account, Duration last) {
        return db.sql("""
                        select exists (select from password_link
                                       where account_id = ? and organization_id is null and created_at > ?)
                        """)
                .param(account)
                .param(clock.instant().minus(last).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /// Forgets one that did not reach anybody.
    void withdraw(Link link) {
        var token = link.address().substring(link.address().lastIndexOf('=') + 1);
        db.sql("delete from password_link where token_hash = ?")
                .param(hash(token))
                .update();
    }

    /// Whose password a token would set; empty when it is none that is good now.
    Optional<String> login(String token) {
        return db.sql("""
                        select a.login from password_link l join account a on a.id = l.account_id
                        where l.token_hash = ? and l.expires_at > ? and not a.disabled
                        """).param(hash(token)).param(now()).query(String.class).optional();
    }

    /// Sets a password, which ends all logins that were before it and all other links.
    ///
    /// @return false when the token is none that is good now; nothing has changed
    boolean use(String token, String password) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var used = take(token);
            used.ifPresent(link -> {
                accounts.setPassword(link.account(), password, link.madeBy());
                authorizations.endAll(link.account());
                db.sql("delete from password_link where account_id = ?")
                        .param(link.account())
                        .update();
            });
            return used.isPresent();
        }));
    }

    /// Of two at once, the second waits here for the first and finds nothing.
    private Optional<Used> take(String token) {
        return db.sql("""
                        delete from password_link l using account a
                        where l.token_hash = ? and l.expires_at > ? and a.id = l.account_id and not a.disabled
                        returning l.account_id, l.organization_id
                        """)
                .param(hash(token))
                .param(now())
                .query((row, _) -> new Used(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .optional();
    }

    /// Deletes what can no longer be used.
    @Scheduled(initialDelayString = "PT6M", fixedDelayString = "PT1H")
    public void forgetExpired() {
        db.sql("delete from password_link where expires_at <= ?").param(now()).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
