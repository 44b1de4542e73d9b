package mutirao.identity.key;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/// The public parts of the signing keys, for a process that checks tokens and makes none: it needs nothing but the
/// database that they are published in. Read again every minute, beside the requests. Thread-safe.
public final class PublishedKeys implements JWKSource<SecurityContext> {
    private final JdbcClient db;
    private final Refreshed<JWKSet> keys;

    /// @param clock says how old what is known is
    public PublishedKeys(JdbcClient db, Clock clock) {
        this.db = db;
        this.keys = new Refreshed<>(() -> new JWKSet(stored()), clock);
    }

    /// Looks whether it is time to read them again.
    @Scheduled(fixedDelayString = "PT1S")
    public void refresh() {
        keys.refresh();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        return keys.find(selector::select);
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
