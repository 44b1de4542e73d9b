package mutirao.identity.resource;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// The token that a request brings in its header `Authorization` (RFC 6750, section 2.1), and nowhere else. Takes
/// and refuses what Spring's own does, which matches a regular expression against all of it on every request: that
/// alone took longer than whatever else is done about a token that is remembered. Thread-safe.
public final class HeaderToken implements AuthenticationConverter {
    private static final String SCHEME = "Bearer";
    private static final boolean[] IN_TOKEN = new boolean[128];

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/"
                .chars()
                .forEach(c -> IN_TOKEN[c] = true);
    }

    /// @return null when there is none
    /// @throws OAuth2AuthenticationException when it cannot be one
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        if (!isToken(header, SCHEME.length())) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return new BearerTokenAuthenticationToken(header.substring(SCHEME.length() + 1));
    }

    /// A space, one or more of the characters, and any number of `=`.
    private static boolean isToken(String header, int space) {
        var first = space + 1;
        var end = header.length();
        while (end > first && header.charAt(end - 1) == '=') {
            end--;
        }
        if (end <= first || header.charAt(space) != ' ') {
            return false;
        }
        for (int i = first; i < end; i++) {
            var c = header.charAt(i);
            if (c >= IN_TOKEN.length || !IN_TOKEN[c]) {
                return false;
            }
        }
        return true;
    }
}
