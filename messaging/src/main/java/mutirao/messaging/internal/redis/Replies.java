package mutirao.messaging.internal.redis;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.util.concurrent.TimeUnit;

/// Waiting for what was asked asynchronously.
final class Replies {
    private static final long SECONDS = 10;

    private Replies() {}

    /// @throws RedisException when the broker refuses, is away, or does not answer within 10 s
    static <T> T await(RedisFuture<T> reply) {
        return LettuceFutures.awaitOrCancel(reply, SECONDS, TimeUnit.SECONDS);
    }
}
