package mutirao.identity.resource;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.UUID;
import mutirao.identity.token.TokenClaims;
import mutirao.platform.identity.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/// Whether somebody is still what their token says: not deactivated since, and in none of its roles no longer. What the
/// embedded server gave to a person; machines are what the settings say. Thread-safe.
final class StillSo implements OAuth2TokenValidator<Jwt> {
    private static final OAuth2TokenValidatorResult NO_LONGER = OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "its bearer is no longer what it says", null));

    private final JdbcClient db;

    StillSo(JdbcClient db) {
        this.db = db;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var client = token.getClaimAsString(TokenClaims.CLIENT);
        return client == null || client.equals(token.getSubject()) || stands(token)
                ? OAuth2TokenValidatorResult.success()
                : NO_LONGER;
    }

    private boolean stands(Jwt token) {
        return db.sql("""
                        select exists (
                            select from membership_in_force m
                            where m.usuario_id = :usuario and m.organization_id = :organization
                              and cast(:roles as text[]) <@ (m.roles || array(
                                  select :everywhere from membership_in_force o
                                  where o.account_id = m.account_id and :everywhere = any (o.roles))))
                        """)
                .param("usuario", UUID.fromString(token.getSubject()))
                .param("organization", UUID.fromString(token.getClaimAsString(TokenClaims.ORGANIZATION)))
                .param("roles", roles(token).toArray(String[]::new))
                .param("everywhere", Role.OPERADOR.name())
                .query(Boolean.class)
                .single();
    }

    private static List<String> roles(Jwt token) {
        return requireNonNullElse(token.getClaimAsStringList(TokenClaims.ROLES), List.of());
    }
}
