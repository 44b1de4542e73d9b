package mutirao.identity;

import java.time.Duration;
import java.util.Optional;
import mutirao.identity.resource.Claims;
import mutirao.identity.token.TokenClaims;
import mutirao.platform.side.Side;
import mutirao.platform.start.StartFailure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/// Where tokens come from.
///
/// @param server      whether this program brings an authorization server
/// @param issuer      its address as clients see it, the tokens' `iss`; empty for `http://localhost:<server.port>`.
///                    Without a server of its own the program takes the tokens of this one, and must be told
/// @param audience    whom tokens must be for
/// @param claims      where tokens of another issuer say what ours say in `org` and `roles`
/// @param keyRotation how long a key signs
@ConfigurationProperties(IdentitySettings.PREFIX)
record IdentitySettings(
        @DefaultValue("embedded") Server server,
        @DefaultValue("") String issuer,
        @DefaultValue(TokenClaims.AUDIENCE) String audience,
        @DefaultValue ClaimNames claims,
        @DefaultValue("P30D") Duration keyRotation) {
    static final String PREFIX = "mutirao.identity";
    static final String SERVER = PREFIX + ".server";

    /// Which authorization server this program brings.
    enum Server {
        EMBEDDED,
        NONE
    }

    /// Names of claims, or paths to them.
    record ClaimNames(
            @DefaultValue(TokenClaims.ORGANIZATION) String organization,
            @DefaultValue(TokenClaims.ROLES) String roles) {}

    /// How a token is read.
    Claims reading() {
        return new Claims(claims.organization, claims.roles);
    }

    /// This program's own address, for what must name it whole: the issuer where it is this program, else what it
    /// listens on. Never what a request says.
    String address(Environment environment) {
        return Optional.of(server)
                .filter(Server.EMBEDDED::equals)
                .flatMap(_ -> knownIssuer(environment))
                .orElseGet(() -> "http://localhost:" + environment.getProperty("local.server.port"));
    }

    /// The issuer, if it is known before a request comes: it is not on a port that the system chooses, nor to a query
    /// side, whose own address is another.
    ///
    /// @throws StartFailure when there is no server and no issuer either
    Optional<String> knownIssuer(Environment environment) {
        if (!issuer.isBlank()) {
            return Optional.of(issuer.strip().replaceAll("/+$", ""));
        }
        if (server == Server.NONE) {
            throw new StartFailure(
                    "There is no authorization server in this program, and nothing says whose tokens it takes.",
                    "Set MUTIRAO_IDENTITY_ISSUER to the issuer's address, or leave MUTIRAO_IDENTITY_SERVER out.");
        }
        var port = environment.getProperty("server.port", "8080");
        var elsewhere = Side.of(environment.getProperty(Side.PROPERTY, "both")) == Side.QUERY;
        return port.equals("0") || elsewhere ? Optional.empty() : Optional.of("http://localhost:" + port);
    }
}
