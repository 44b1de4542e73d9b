package mutirao.identity.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Lets a public client exchange a refresh token by naming itself: it has no secret, and Spring's own way asks for a
/// code verifier, which there is none of in this exchange. What proves anything is the refresh token.
public final class PublicRefresh implements AuthenticationConverter, AuthenticationProvider {
    private final RegisteredClientRepository clients;

    /// @param clients knows which are public and may refresh
    public PublicRefresh(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var id = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
        if (!AuthorizationGrantType.REFRESH_TOKEN
                        .getValue()
                        .equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
                || id == null
                || id.length != 1
                || id[0].isBlank()
                || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
                || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return null;
        }
        return new OAuth2ClientAuthenticationToken(
                id[0],
                ClientAuthenticationMethod.NONE,
                null,
                Map.of(OAuth2ParameterNames.GRANT_TYPE, AuthorizationGrantType.REFRESH_TOKEN.getValue()));
    }

    /// Null, which leaves it to the others, unless [#convert] made it and the client may.
    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        var client = (OAuth2ClientAuthenticationToken) attempt;
        if (!ClientAuthenticationMethod.NONE.equals(client.getClientAuthenticationMethod())
                || !AuthorizationGrantType.REFRESH_TOKEN
                        .getValue()
                        .equals(client.getAdditionalParameters().get(OAuth2ParameterNames.GRANT_TYPE))) {
            return null;
        }
        var known = clients.findByClientId(client.getPrincipal().toString());
        return known != null
                        && known.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)
                        && known.getAuthorizationGrantTypes().contains(AuthorizationGrantType.REFRESH_TOKEN)
                ? new OAuth2ClientAuthenticationToken(known, ClientAuthenticationMethod.NONE, null)
                : null;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
