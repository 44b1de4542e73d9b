package mutirao.identity.token;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import mutirao.platform.secret.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.transaction.support.TransactionTemplate;

/// What has been issued to whom, in Spring's table, with two things added: the table holds tokens' hashes, not tokens;
/// and a refresh token that is presented a second time ends everything that came of the same login (RFC 9700, 4.14.2).
/// Thread-safe.
public class Authorizations implements OAuth2AuthorizationService {
    private static final Logger log = LoggerFactory.getLogger(Authorizations.class);

    /// Marks a value as hashed already. What is looked up is always hashed, so a stored value is no token.
    private static final String HASHED = "sha256.";
    /// With which refresh token, hashed, the authorization was found. Not stored.
    private static final String PRESENTED = "mutirao.presented";
    /// How long what has expired is still known: a logout may name an ID token that has.
    private static final Duration KEPT = Duration.ofDays(1);

    private final OAuth2AuthorizationService table;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /// @param table Spring's
    public Authorizations(
            OAuth2AuthorizationService table, JdbcClient db, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.db = db;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @throws OAuth2AuthenticationException when the refresh token it was found with has been exchanged meanwhile
    @Override
    public void save(OAuth2Authorization authorization) {
        String presented = authorization.getAttribute(PRESENTED);
        if (presented == null) {
            table.save(hashed(authorization));
        } else if (!Boolean.TRUE.equals(transaction.execute(_ -> exchanged(presented, authorization)))) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    private boolean exchanged(String presented, OAuth2Authorization authorization) {
        var current = db.sql("select refresh_token_value from oauth2_authorization where id = ? for update")
                .param(authorization.getId())
                .query(String.class)
                .optional();
        if (!current.equals(Optional.of(presented))) {
            revoke(authorization.getId());
            return false;
        }
        db.sql("insert into refresh_token_used (token_hash, authorization_id, used_at) values (?, ?, ?)")
                .param(presented)
                .param(authorization.getId())
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        table.save(hashed(authorization));
        return true;
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        table.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return table.findById(id);
    }

    /// @param type null for any, as Spring's revocation and introspection ask, though its annotations deny it
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && type.getValue().equals(OAuth2ParameterNames.STATE)) {
            return table.findByToken(token, type);
        }
        var hash = digest(token);
        var found = table.findByToken(hash, type);
        if (found != null && type == null) {
            return with(found, value -> value.equals(hash) ? token : value); // they look the token up in it again
        }
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
            return found;
        }
        if (found == null) {
            db.sql("select authorization_id from refresh_token_used where token_hash = ?")
                    .param(hash)
                    .query(String.class)
                    .optional()
                    .ifPresent(this::revoke);
            return null;
        }
        return OAuth2Authorization.from(found).attribute(PRESENTED, hash).build();
    }

    private void revoke(String id) {
        if (db.sql("delete from oauth2_authorization where id = ?").param(id).update() > 0) {
            log.warn("A refresh token was used twice: authorization {} is revoked, its bearer has to log in again", id);
        }
    }

    /// Ends what came of the login that this ID token was issued for.
    public void end(String idToken) {
        var found = findByToken(idToken, new OAuth2TokenType(OidcParameterNames.ID_TOKEN));
        if (found != null) {
            remove(found);
        }
    }

    /// Ends what came of all logins of a person.
    public void endAll(UUID person) {
        db.sql("delete from oauth2_authorization where principal_name = ?")
                .param(person.toString())
                .update();
    }

    /// Ends what came of those logins of a person that act for an organization by now.
    public void endAll(UUID person, UUID organization) {
        db.sql("""
                        delete from oauth2_authorization where principal_name = ?
                          and access_token_metadata::jsonb #>> array[?, ?] = ?
                        """)
                .param(person.toString())
                .param(OAuth2Authorization.Token.CLAIMS_METADATA_NAME)
                .param(TokenClaims.ORGANIZATION)
                .param(organization.toString())
                .update();
    }

    /// Deletes what can no longer be used.
    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    public void forgetExpired() {
        db.sql("""
                        delete from oauth2_authorization
                        where greatest(authorization_code_expires_at, access_token_expires_at, oidc_id_token_expires_at,
                                       refresh_token_expires_at) < ?
                        """).param(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)).update();
    }

    private static OAuth2Authorization hashed(OAuth2Authorization authorization) {
        return with(authorization, Authorizations::hash);
    }

    /// @param value what each of the tokens becomes
    private static OAuth2Authorization with(OAuth2Authorization authorization, UnaryOperator<String> value) {
        var builder = OAuth2Authorization.from(authorization).attributes(all -> all.remove(PRESENTED));
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (code != null) {
            var token = code.getToken();
            builder.token(new OAuth2AuthorizationCode(
                    value.apply(token.getTokenValue()),
                    requireNonNull(token.getIssuedAt()),
                    requireNonNull(token.getExpiresAt())));
        }
        var access = authorization.getAccessToken();
        if (access != null) {
            var token = access.getToken();
            builder.accessToken(new OAuth2AccessToken(
                    token.getTokenType(),
                    value.apply(token.getTokenValue()),
                    token.getIssuedAt(),
                    token.getExpiresAt(),
                    token.getScopes()));
        }
        var refresh = authorization.getRefreshToken();
        if (refresh != null) {
            var token = refresh.getToken();
            builder.refreshToken(new OAuth2RefreshToken(
                    value.apply(token.getTokenValue()), token.getIssuedAt(), token.getExpiresAt()));
        }
        var identity = authorization.getToken(OidcIdToken.class);
        if (identity != null) {
            var token = identity.getToken();
            builder.token(new OidcIdToken(
                    value.apply(token.getTokenValue()), token.getIssuedAt(), token.getExpiresAt(), token.getClaims()));
        }
        return builder.build();
    }

    /// @param token or what has been stored of it
    private static String hash(String token) {
        return token.startsWith(HASHED) ? token : digest(token);
    }

    private static String digest(String token) {
        var hash = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
        return HASHED + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
