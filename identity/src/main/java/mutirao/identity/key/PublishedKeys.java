package mutirao.identity.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The public parts of the signing keys, for a process that checks tokens and makes none: it needs nothing but the
/// database that they are published in. Thread-safe.
public final class PublishedKeys implements JWKSource<SecurityContext> {
    /// A key that is not known is looked for no more often.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient db;
    private final Clock clock;
    private volatile Seen seen = new Seen(new JWKSet(), Instant.MIN);

    private record Seen(JWKSet keys, Instant at) {}

    /// @param clock says how old what is known is
    public PublishedKeys(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        var known = seenWithin(SigningKeys.FRESH).keys();
        var found = selector.select(known);
        return found.isEmpty() ? selector.select(seenWithin(PAUSE).keys()) : found;
    }

    private Seen seenWithin(Duration age) {
        var now = clock.instant();
        if (seen.at().isBefore(now.minus(age))) {
            seen = new Seen(new JWKSet(stored()), now);
        }
        return seen;
    }

    private List<JWK> stored() {
        return db.sql("select public_key from signing_key order by signs_from")
                .query((row, _) -> parsed(row.getString(1)))
                .list();
    }

    private static JWK parsed(String json) {
        try {
            return JWK.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("a published key cannot be read", e);
        }
    }
}
