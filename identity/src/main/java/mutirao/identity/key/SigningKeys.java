package mutirao.identity.key;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/// The RSA keys that tokens are signed with (RS256), shared through the database by every process that uses it: made on
/// the first start, replaced at intervals, read again every minute, beside the requests. Thread-safe.
///
/// A new key is published before it signs, by when every process and whoever keeps the JWKS for a while has seen it,
/// and an old one until nothing it signed can be valid.
public final class SigningKeys implements JWKSource<SecurityContext> {
    /// How long before it signs a key is published.
    static final Duration AHEAD = Duration.ofMinutes(5);
    /// How long after the next one has begun to sign a key stays published. The longest that lives are ID tokens, 30
    /// minutes; the rest is for clocks that differ.
    static final Duration OUTLIVES = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final int BITS = 2048;

    private final JdbcClient db;
    private final Seal seal;
    private final Clock clock;
    private final Duration rotation;
    private final Refreshed<List<Key>> keys;

    /// @param open without the private part
    private record Key(RSAKey jwk, JWK open, Instant signsFrom) {
        Key(RSAKey jwk, Instant signsFrom) {
            this(jwk, jwk.toPublicJWK(), signsFrom);
        }

        /// The key's own would tell the private part.
        @Override
        public String toString() {
            return jwk.getKeyID();
        }
    }

    /// @param rotation how long a key signs
    public SigningKeys(JdbcClient db, TransactionTemplate transaction, Seal seal, Clock clock, Duration rotation) {
        this.db = db;
        this.seal = seal;
        this.clock = clock;
        this.rotation = rotation;
        this.keys = new Refreshed<>(() -> requireNonNull(transaction.execute(_ -> inOrder(clock.instant()))), clock);
    }

    /// Looks whether it is time to read them again, to replace one, or to forget one.
    @Scheduled(fixedDelayString = "PT1S")
    public void refresh() {
        keys.refresh();
    }

    /// The one that signs now, with its private part.
    public RSAKey current() {
        var now = clock.instant();
        var known = keys.get();
        return known.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .reduce((_, later) -> later)
                .orElseGet(known::getFirst) // made by a process whose clock is ahead
                .jwk();
    }

    /// Those whose signatures may be met now or soon, without their private parts.
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        return keys.find(known ->
                selector.select(new JWKSet(known.stream().map(Key::open).toList())));
    }

    /// One process at a time makes and deletes, so all agree.
    private List<Key> inOrder(Instant now) {
        db.sql("select pg_advisory_xact_lock(hashtextextended('mutirao.signing_key', 0))")
                .query((_, _) -> true)
                .single();
        var before = stored();
        if (before.isEmpty()) {
            add(now);
        } else if (!before.getLast().signsFrom().plus(rotation).isAfter(now)) {
            add(now.plus(AHEAD));
        }
        forget(before, now);
        return stored();
    }

    private List<Key> stored() {
        return db.sql("select id, sealed, sealed_by, signs_from from signing_key order by signs_from")
                .query((row, _) -> new Key(
                        parsed(seal.open(row.getString("id"), row.getBytes("sealed"), row.getString("sealed_by"))),
                        row.getObject("signs_from", OffsetDateTime.class).toInstant()))
                .list();
    }

    private void add(Instant signsFrom) {
        var key = generated();
        db.sql("insert into signing_key (id, public_key, sealed, sealed_by, signs_from) values (?, ?, ?, ?, ?)")
                .param(key.getKeyID())
                .param(key.toPublicJWK().toJSONString())
                .param(seal.close(key.getKeyID(), key.toJSONString().getBytes(StandardCharsets.UTF_8)))
                .param(seal.origin())
                .param(signsFrom.atOffset(ZoneOffset.UTC))
                .update();
        log.info("A new key, {}, signs tokens from {}", key.getKeyID(), signsFrom);
    }

    /// @param before the keys as they were before one was added, oldest first
    private void forget(List<Key> before, Instant now) {
        IntStream.range(1, before.size())
                .filter(next -> before.get(next).signsFrom().plus(OUTLIVES).isBefore(now))
                .mapToObj(next -> before.get(next - 1).jwk().getKeyID())
                .forEach(id ->
                        db.sql("delete from signing_key where id = ?").param(id).update());
    }

    private static RSAKey generated() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey parsed(byte[] json) {
        try {
            return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("a signing key cannot be read"); // the cause quotes the key
        }
    }
}
