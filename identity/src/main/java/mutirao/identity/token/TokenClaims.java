package mutirao.identity.token;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.identity.account.Accounts;
import mutirao.identity.client.Clients;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// Says in an access token for what it is good: audience `mutirao`, one organization acted for (`org`), who its bearer
/// is there (`sub`) and as what (`roles`), as that is when the token is issued. Of a person an ID token tells the
/// account.
///
/// A person who belongs to several chooses with the parameter `org` of the authorization request, and switches with the
/// same parameter when a refresh token is exchanged; without it the organization stays as it was.
public final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    /// Whom access tokens are for.
    public static final String AUDIENCE = "mutirao";
    /// The organization acted for, and the parameter that chooses it.
    public static final String ORGANIZATION = "org";
    /// The names of [Role]s.
    public static final String ROLES = "roles";
    /// Through which client (RFC 9068). One that acts by itself is the subject too.
    public static final String CLIENT = "client_id";

    private final Accounts accounts;

    /// @param accounts knows what people are
    public TokenClaims(Accounts accounts) {
        this.accounts = accounts;
    }

    /// @throws OAuth2AuthenticationException when the person is no longer let in, or not for that organization
    @Override
    public void customize(JwtEncodingContext context) {
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            var client = context.getRegisteredClient();
            claim(context, Clients.organization(client).orElseThrow(TokenClaims::refused), Clients.roles(client));
        } else {
            var acting = accounts.acting(person(context), wanted(context)).orElseThrow(TokenClaims::refused);
            context.getClaims().subject(acting.usuario().toString());
            claim(
                    context,
                    acting.organization().toString(),
                    acting.roles().stream().map(Role::name).sorted().toList());
        }
    }

    private static UUID person(JwtEncodingContext context) {
        Authentication principal = requireNonNull(context.getPrincipal());
        return UUID.fromString(principal.getName());
    }

    /// Plain lists: others could not be read back with the authorization.
    private static void claim(JwtEncodingContext context, String organization, List<String> roles) {
        context.getClaims()
                .audience(new ArrayList<>(List.of(AUDIENCE)))
                .claim(CLIENT, context.getRegisteredClient().getClientId())
                .claim(ORGANIZATION, organization)
                .claim(ROLES, new ArrayList<>(roles));
    }

    private static @Nullable UUID wanted(JwtEncodingContext context) {
        var authorization = Optional.ofNullable(context.getAuthorization());
        if (context.getAuthorizationGrant() instanceof OAuth2RefreshTokenAuthenticationToken refresh) {
            return parameter(refresh.getAdditionalParameters())
                    .or(() -> authorization.flatMap(TokenClaims::before))
                    .map(TokenClaims::id)
                    .orElse(null);
        }
        return authorization
                .map(a -> a.<OAuth2AuthorizationRequest>getAttribute(OAuth2AuthorizationRequest.class.getName()))
                .flatMap(request -> parameter(request.getAdditionalParameters()))
                .map(TokenClaims::id)
                .orElse(null);
    }

    private static Optional<String> before(OAuth2Authorization authorization) {
        return Optional.ofNullable(authorization.getAccessToken())
                .map(OAuth2Authorization.Token::getClaims)
                .map(claims -> (String) claims.get(ORGANIZATION));
    }

    private static Optional<String> parameter(Map<String, Object> parameters) {
        return Optional.ofNullable(parameters.get(ORGANIZATION)).map(Object::toString);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
    }

    private static OAuth2AuthenticationException refused() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
}
