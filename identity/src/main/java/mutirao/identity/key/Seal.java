package mutirao.identity.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mutirao.platform.secret.SecretFile;
import mutirao.platform.start.StartFailure;
import org.springframework.core.env.Environment;

/// Encrypts what lies in the database with a key that does not (AES-256-GCM), so that a dump alone signs no tokens.
/// Thread-safe.
public final class Seal {
    private static final String FILE = "identity.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /// @param key 32 bytes
    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// With the key of `MUTIRAO_KEY`, else with that of the data directory, made there if need be.
    ///
    /// @throws StartFailure when there is neither
    public static Seal of(Environment environment) {
        var given = environment.getProperty("mutirao.key", "");
        if (!given.isBlank()) {
            return new Seal(decoded(given, "MUTIRAO_KEY", "Make one with `openssl rand -base64 32`."));
        }
        var dir = environment.getProperty("mutirao.data-dir", "");
        var ownDatabase = environment.getProperty("spring.datasource.url", "").isBlank();
        if (dir.isBlank() && !ownDatabase) {
            throw new StartFailure(
                    "There is no key for the secrets in the database.",
                    "Make one with `openssl rand -base64 32`, keep it apart from the database's backups, and give it to"
                            + " every process in MUTIRAO_KEY. With MUTIRAO_DATA_DIR it would be made and kept there.");
        }
        return in(Path.of(dir.isBlank() ? "data" : dir));
    }

    private static Seal in(Path dir) {
        try {
            Files.createDirectories(dir);
            var file = SecretFile.orMake(dir.resolve(FILE), KEY_BYTES, Base64.getEncoder());
            return new Seal(decoded(Files.readString(file), file.toString(), "Put the file back as it was."));
        } catch (IOException e) {
            throw StartFailure.unusable(dir.toAbsolutePath().normalize(), e);
        }
    }

    private static byte[] decoded(String text, String where, String action) {
        try {
            var bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // told below, without the text
        }
        throw new StartFailure(where + " is not 32 bytes in Base64.", action);
    }

    /// @param name what it is, which [#open] must say again
    byte[] close(String name, byte[] secret) {
        try {
            var nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @throws StartFailure when it was sealed with another key, or under another name
    byte[] open(String name, byte[] sealed) {
        try {
            var nonce = new byte[NONCE_BYTES];
            System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new StartFailure(
                    "The keys in the database were encrypted with another key than this program's.",
                    "Give it the MUTIRAO_KEY, or put back the file " + FILE + ", that belongs to this database. If that"
                            + " is lost: `delete from signing_key`; everybody logs in again.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
