package mutirao.platform.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;
import mutirao.platform.command.Sender;
import mutirao.platform.secret.Sha256;
import org.jspecify.annotations.Nullable;

/// Ids of things to be created.
public final class Ids {
    /// A UUID whose bits are the maker's own affair (RFC 9562, version 8).
    private static final long VERSION_8 = 0x8000L;

    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Ids() {}

    /// The client's choice, or a new one. Under an idempotency key the new one is the same for the same request of the
    /// same caller: a repeat speaks of what the first has made, or may yet make.
    public static UUID orNew(@Nullable UUID chosen, Sender sender) {
        if (chosen != null) {
            return chosen;
        }
        var once = sender.once();
        return once == null ? UUID.randomUUID() : named(sender.userId() + "\0" + once.key() + "\0" + once.bodyHash());
    }

    private static UUID named(String text) {
        var bytes = ByteBuffer.wrap(Sha256.of(text.getBytes(UTF_8)));
        return new UUID((bytes.getLong() & ~0xf000L) | VERSION_8, (bytes.getLong() >>> 2) | VARIANT);
    }
}
