package mutirao.identity.account;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Hashes passwords and clients' secrets with Argon2id, and still knows bcrypt. At most as many at a time as there are
/// processors, because each takes 19 MiB and all of one of them. Thread-safe.
public final class Passwords implements PasswordEncoder {
    private static final String ARGON2ID = "argon2id";
    // The OWASP Password Storage Cheat Sheet's second choice: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            ARGON2ID,
            Map.of(
                    ARGON2ID,
                    new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES),
                    "bcrypt",
                    new BCryptPasswordEncoder()));
    private final Semaphore working = new Semaphore(Runtime.getRuntime().availableProcessors());

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        working.acquireUninterruptibly();
        try {
            return encoder.encode(password);
        } finally {
            working.release();
        }
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        working.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            working.release();
        }
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return encoder.upgradeEncoding(hash);
    }
}
