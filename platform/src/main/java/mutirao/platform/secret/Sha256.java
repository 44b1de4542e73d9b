package mutirao.platform.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash SHA-256, which every Java platform has.
public final class Sha256 {
    private Sha256() {}

    /// The hash of some bytes, one part after the other: 32 of them.
    public static byte[] of(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
