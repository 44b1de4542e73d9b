package mutirao.identity.resource;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mutirao.platform.stream.Faults;
import mutirao.platform.stream.NotNow;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.ConcurrentLruCache;

/// Whose a token is. Remembers that of those that a decoder has found to count, and has each checked once a minute
/// instead of on every request; while that cannot be asked, those that have counted go on until they expire. What does
/// not count is not remembered. A token is found by its whole text: with another signature it is another one.
/// Thread-safe.
public final class CountedTokens implements AuthenticationManager {
    /// How old this process's idea of the keys may be anyway.
    static final Duration KEPT = Duration.ofMinutes(1);
    /// After a check that could not be made.
    static final Duration SOON = Duration.ofSeconds(5);
    /// Of them, those last asked for; a few KiB each.
    static final int MOST = 4096;

    private final JwtAuthenticationProvider provider;
    private final Clock clock;
    private final ConcurrentLruCache<String, Counted> counted;

    /// A token that counts. Its bearer's principal is the actor; it is shared by all requests that bring the token, so
    /// it has no details.
    private static final class Counted {
        private final Instant expires;
        private volatile Authentication bearer;
        /// It is checked again, at the latest when it expires.
        private volatile Instant until;

        Counted(JwtAuthenticationToken bearer, Instant until) {
            this.expires = requireNonNull(bearer.getToken().getExpiresAt());
            this.bearer = bearer;
            this.until = until;
        }

        boolean stands(Instant now) {
            return now.isBefore(until) && now.isBefore(expires);
        }

        void stand(Authentication known, Instant again) {
            bearer = known;
            until = again;
        }
    }

    /// @param decoder says which count
    /// @param claims  where a token says whose it is
    public CountedTokens(JwtDecoder decoder, Claims claims, Clock clock) {
        this.clock = clock;
        this.provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(token -> bearer(token, claims));
        this.counted = new ConcurrentLruCache<>(MOST, this::counted);
    }

    private static JwtAuthenticationToken bearer(Jwt token, Claims claims) {
        try {
            return new JwtAuthenticationToken(token, claims.actor(token), claims.authorities(token));
        } catch (IllegalArgumentException e) {
            throw new InvalidBearerTokenException("it does not say whose it is", e);
        }
    }

    private Counted counted(String text) {
        return new Counted(checked(text), clock.instant().plus(KEPT));
    }

    /// @throws NotNow when it cannot be told, which is no fault of the token's
    private JwtAuthenticationToken checked(String text) {
        try {
            return (JwtAuthenticationToken) provider.authenticate(new BearerTokenAuthenticationToken(text));
        } catch (AuthenticationServiceException | JwtDecoderInitializationException e) {
            throw new NotNow("whether a token counts cannot be told", e);
        } catch (RuntimeException e) {
            throw Faults.transientFault(e) ? new NotNow("whether a token counts cannot be told", e) : e;
        }
    }

    /// @throws AuthenticationException when it does not count, or does not say whose it is
    /// @throws NotNow                  when that cannot be told
    @Override
    public Authentication authenticate(Authentication asked) {
        return bearer(((BearerTokenAuthenticationToken) asked).getToken());
    }

    private Authentication bearer(String text) {
        var found = counted.get(text);
        if (!found.stands(clock.instant())) {
            checkAgain(text, found);
        }
        return found.bearer;
    }

    private void checkAgain(String text, Counted found) {
        try {
            found.stand(checked(text), clock.instant().plus(KEPT));
        } catch (AuthenticationException e) {
            counted.remove(text);
            throw e;
        } catch (NotNow e) {
            if (!clock.instant().isBefore(found.expires)) {
                throw e;
            }
            found.stand(found.bearer, clock.instant().plus(SOON));
        }
    }
}
