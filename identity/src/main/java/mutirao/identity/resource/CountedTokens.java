package mutirao.identity.resource;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.ConcurrentLruCache;

/// Whose a token is. Remembers that of those that a decoder has found to count, and has each checked once a minute
/// instead of on every request. What does not count is not remembered. A token is found by its whole text: with
/// another signature it is another one. Thread-safe.
public final class CountedTokens implements AuthenticationManager {
    /// How old this process's idea of the keys may be anyway.
    static final Duration KEPT = Duration.ofMinutes(1);
    /// Of them, those last asked for; a few KiB each.
    static final int MOST = 4096;

    private final JwtAuthenticationProvider provider;
    private final Clock clock;
    private final ConcurrentLruCache<String, Counted> counted;

    /// @param bearer its principal is the actor; shared by all requests that bring the token, so it has no details
    /// @param until  it is checked again, at the latest when it expires
    private record Counted(Authentication bearer, Instant until) {}

    /// @param decoder says which count
    /// @param claims  where a token says whose it is
    public CountedTokens(JwtDecoder decoder, Claims claims, Clock clock) {
        this.clock = clock;
        this.provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(token -> bearer(token, claims));
        this.counted = new ConcurrentLruCache<>(MOST, this::checked);
    }

    private static JwtAuthenticationToken bearer(Jwt token, Claims claims) {
        try {
            return new JwtAuthenticationToken(token, claims.actor(token), claims.authorities(token));
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("it does not say whose it is", e);
        }
    }

    private Counted checked(String text) {
        var bearer = (JwtAuthenticationToken) provider.authenticate(new BearerTokenAuthenticationToken(text));
        var expires = requireNonNull(bearer.getToken().getExpiresAt());
        var again = clock.instant().plus(KEPT);
        return new Counted(bearer, again.isBefore(expires) ? again : expires);
    }

    /// @throws AuthenticationException when it does not count, or does not say whose it is
    @Override
    public Authentication authenticate(Authentication asked) {
        return bearer(((BearerTokenAuthenticationToken) asked).getToken());
    }

    private Authentication bearer(String text) {
        var found = counted.get(text);
        if (clock.instant().isBefore(found.until())) {
            return found.bearer();
        }
        counted.remove(text);
        return counted.get(text).bearer();
    }
}
