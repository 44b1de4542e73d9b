package mutirao.identity.resource;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.util.ConcurrentLruCache;

/// Remembers the tokens that another decoder has found to count, and has each checked once a minute instead of on every
/// request. What does not count is not remembered. A token is found by its whole text: with another signature it is
/// another one. Thread-safe.
final class CountedTokens implements JwtDecoder {
    /// How old this process's idea of the keys may be anyway.
    static final Duration KEPT = Duration.ofMinutes(1);
    /// Of them, those last asked for; a few KiB each.
    static final int MOST = 4096;

    private final Clock clock;
    private final ConcurrentLruCache<String, Counted> counted;

    /// @param until it is checked again, at the latest when it expires
    private record Counted(Jwt token, Instant until) {}

    CountedTokens(JwtDecoder decoder, Clock clock) {
        this.clock = clock;
        this.counted = new ConcurrentLruCache<>(MOST, text -> counted(decoder.decode(text)));
    }

    private Counted counted(Jwt token) {
        var expires = requireNonNull(token.getExpiresAt());
        var again = clock.instant().plus(KEPT);
        return new Counted(token, again.isBefore(expires) ? again : expires);
    }

    @Override
    public Jwt decode(String text) {
        var found = counted.get(text);
        if (clock.instant().isBefore(found.until())) {
            return found.token();
        }
        counted.remove(text);
        return counted.get(text).token();
    }
}
