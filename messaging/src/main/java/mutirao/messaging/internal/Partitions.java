package mutirao.messaging.internal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How a topic is divided where the broker does not divide it itself (RabbitMQ, Redis, memory): so many processes
/// of one group can work at it side by side. A constant, because publishers and consumers must agree on it.
public final class Partitions {
    /// How many there are.
    public static final int COUNT = 8;

    private Partitions() {}

    /// The partition of a key, always the same, in every program (FNV-1a, 32 bits); any one without a key.
    public static int of(@Nullable String key) {
        return key == null ? ThreadLocalRandom.current().nextInt(COUNT) : Math.floorMod(hash(key), COUNT);
    }

    private static int hash(String key) {
        var hash = 0x811c9dc5;
        for (var octet : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        // Its low bits alone depend too little on the last octets.
        return hash ^ (hash >>> 15);
    }
}
