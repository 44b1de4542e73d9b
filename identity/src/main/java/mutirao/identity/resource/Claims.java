package mutirao.identity.resource;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/// Reads off a token who its bearer is.
///
/// @param organization the claim that names the organization acted for; a token without it acts for the default one
/// @param roles        the claim that lists the roles; names that are none of ours are passed over. A path with dots
///                     leads into objects, as in Keycloak's `realm_access.roles`
public record Claims(String organization, String roles) {
    /// Who it is. A subject that is no UUID is a program's: it acts as the named system user `client:<subject>`, though
    /// without a system's rights.
    ///
    /// @throws IllegalArgumentException when it has no subject, or an organization that is no UUID
    Actor actor(Jwt token) {
        if (token.getSubject() == null) {
            throw new IllegalArgumentException("no subject");
        }
        return Actor.caller(
                subject(token.getSubject()), organization(at(token.getClaims(), organization)), roles(token));
    }

    /// The roles as Spring Security knows them: for the actuator, which is none of the API.
    Collection<GrantedAuthority> authorities(Jwt token) {
        return roles(token).stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    /// Under which id the bearer of a token with that subject acts.
    public static UUID subject(String subject) {
        try {
            return UUID.fromString(subject);
        } catch (IllegalArgumentException _) {
            return Actors.system("client:" + subject);
        }
    }

    private static UUID organization(@Nullable Object claim) {
        return claim == null ? Actors.ORGANIZATION : UUID.fromString(claim.toString());
    }

    private Set<Role> roles(Jwt token) {
        return at(token.getClaims(), roles) instanceof Collection<?> names
                ? Role.named(names.stream().map(String::valueOf).toList())
                : Set.of();
    }

    private static @Nullable Object at(Map<String, Object> claims, String path) {
        Object found = claims;
        for (var name : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found;
    }
}
