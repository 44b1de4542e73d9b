package mutirao.identity.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mutirao.platform.start.StartFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// Encrypts what lies in the database with a key that does not (AES-256-GCM), so that a dump alone signs no tokens.
/// Sealing makes the key where there is none; opening never does, since it would be another one. Thread-safe.
public final class Seal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SealKey key;

    private Seal(SealKey key) {
        this.key = key;
    }

    /// With the key of `MUTIRAO_KEY`, else with that of the data directory.
    ///
    /// @throws StartFailure when `MUTIRAO_KEY` is none
    public static Seal of(Environment environment) {
        return new Seal(SealKey.of(environment));
    }

    /// Where the key is: to be kept beside what it seals, and told to [#open].
    String origin() {
        return key.origin().toString();
    }

    /// @param name what it is, which [#open] must say again
    byte[] close(String name, byte[] secret) {
        try {
            var nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            var encrypted =
                    cipher(Cipher.ENCRYPT_MODE, key.orMade(), nonce, name).doFinal(secret);
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param sealedBy the [#origin] of what sealed it, if it is known
    /// @throws StartFailure when there is no key, when it was sealed with another one, or under another name
    byte[] open(String name, byte[] sealed, @Nullable String sealedBy) {
        var known = key.known()
                .orElseThrow(() -> new StartFailure(
                        "The keys in the database are sealed with a key that this process does not have.",
                        key.origin().remedy(sealedBy)));
        try {
            var nonce = new byte[NONCE_BYTES];
            System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, known, nonce, name)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new StartFailure(
                    "The keys in the database are sealed with another key than this process's.",
                    key.origin().remedy(sealedBy));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String name)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
