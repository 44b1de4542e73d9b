package mutirao.importacao.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Ids that follow from names: UUID version 5 (RFC 9562, section 5.5). [UUID#nameUUIDFromBytes] is version 3 and knows
/// no namespace.
final class NameUuid {
    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private NameUuid() {}

    /// The same id for the same namespace and name, everywhere and always.
    static UUID of(UUID namespace, String name) {
        var space = ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits());
        var sha1 = sha1();
        sha1.update(space.array());
        var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        return new UUID((hash.getLong() & ~0xf000L) | VERSION_5, (hash.getLong() & ~(0b11L << 62)) | VARIANT);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
