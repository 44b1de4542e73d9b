package mutirao.identity.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/// What a browser asked for before it was sent to log in. The browser keeps it, in a cookie, and not a session here:
/// whoever has not logged in costs no memory. The cookie holds a query and never an address, so that it leads nowhere
/// but to [#AUTHORIZE], which holds it against what is registered.
public final class WayBack implements RequestCache {
    /// The one address that sends people to log in.
    public static final String AUTHORIZE = "/oauth2/authorize";

    private static final String NAME = "volta";
    private static final Duration KEPT = Duration.ofMinutes(30);
    /// Of the query, which Base64 makes a third longer: browsers keep 4096 bytes.
    private static final int LONGEST = 2900;

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        var query = request.getQueryString();
        if (query != null
                && query.length() <= LONGEST
                && request.getMethod().equals("GET")
                && request.getServletPath().equals(AUTHORIZE)) {
            var bytes = query.getBytes(StandardCharsets.UTF_8);
            write(request, response, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), KEPT);
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return query(request)
                .map(query -> new SimpleSavedRequest(AUTHORIZE + "?" + query))
                .orElse(null);
    }

    private static Optional<String> query(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies())
                .map(Arrays::stream)
                .orElseGet(Stream::empty)
                .filter(cookie -> cookie.getName().equals(NAME))
                .findFirst()
                .map(Cookie::getValue)
                .flatMap(WayBack::decoded);
    }

    /// Visible ASCII is all that a query can be.
    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8))
                    .filter(query -> query.chars().allMatch(c -> c > ' ' && c < 0x7f));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Null: a request is not told again, the browser is sent back.
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String value, Duration kept) {
        var cookie = ResponseCookie.from(NAME, value)
                .path(LoginPage.PATH)
                .maxAge(kept)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
