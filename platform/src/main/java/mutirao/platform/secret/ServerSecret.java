package mutirao.platform.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A key of 256 random bits that this installation made for one purpose. Read once and kept in memory. Thread-safe.
public final class ServerSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final JdbcClient db;
    private final String name;
    private volatile @Nullable SecretKeySpec key;

    /// @param name the purpose
    public ServerSecret(JdbcClient db, String name) {
        this.db = db;
        this.name = name;
    }

    /// The keyed hash (HMAC-SHA-256) of some bytes: 32 of them.
    public byte[] mac(byte[] data) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SecretKeySpec key() {
        var known = key;
        if (known == null) {
            var made = new byte[32];
            new SecureRandom().nextBytes(made);
            db.sql("insert into server_secret (name, value) values (?, ?) on conflict do nothing")
                    .param(name)
                    .param(made)
                    .update();
            var kept = db.sql("select value from server_secret where name = ?")
                    .param(name)
                    .query((row, _) -> row.getBytes(1))
                    .single();
            known = new SecretKeySpec(kept, ALGORITHM);
            key = known;
        }
        return known;
    }
}
