package mutirao.identity.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import mutirao.identity.token.Authorizations;
import mutirao.platform.secret.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;

/// Spends an authorization code that comes without the verifier it was asked for with: whoever has it is not who asked,
/// and is not to try again. Spring's own providers refuse.
public final class WrongVerifier implements AuthenticationProvider {
    private static final OAuth2TokenType CODE = new OAuth2TokenType(OAuth2ParameterNames.CODE);

    private final Authorizations authorizations;

    /// @param authorizations has the codes
    public WrongVerifier(Authorizations authorizations) {
        this.authorizations = authorizations;
    }

    /// Null, which leaves it to the others.
    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        var sent = ((OAuth2ClientAuthenticationToken) attempt).getAdditionalParameters();
        if (AuthorizationGrantType.AUTHORIZATION_CODE.getValue().equals(sent.get(OAuth2ParameterNames.GRANT_TYPE))
                && sent.get(OAuth2ParameterNames.CODE) instanceof String code) {
            Optional.ofNullable(authorizations.findByToken(code, CODE))
                    .filter(found -> !fits(found, sent))
                    .ifPresent(authorizations::remove);
        }
        return null;
    }

    private static boolean fits(OAuth2Authorization authorization, Map<String, Object> sent) {
        OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        var challenge =
                request == null ? null : request.getAdditionalParameters().get(PkceParameterNames.CODE_CHALLENGE);
        return challenge == null
                || (sent.get(PkceParameterNames.CODE_VERIFIER) instanceof String verifier
                        && equal(String.valueOf(challenge), challenge(verifier)));
    }

    /// By S256, the only way that is taken.
    private static String challenge(String verifier) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
