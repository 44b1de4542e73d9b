package mutirao.messaging.internal.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the log short while the broker is away, however many connections miss it: one line when it begins, one a
/// minute, one when all of them work again.
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final Set<String> failing = new HashSet<>();
    private long since;
    private long said;

    /// @param who fails, until it says that it is over
    synchronized void failed(String who, Throwable cause) {
        var now = System.nanoTime();
        var begins = failing.isEmpty();
        failing.add(who);
        if (begins) {
            since = now;
        } else if (now - said < QUIET) {
            LOG.debug("redis: {} still fails", who, cause);
            return;
        }
        said = now;
        LOG.warn("redis: {} fails, tried again until it works: {}", String.join(", ", failing), root(cause));
    }

    synchronized void over(String who) {
        if (failing.remove(who) && failing.isEmpty()) {
            LOG.info("redis: works again after {} ms", (System.nanoTime() - since) / 1_000_000);
        }
    }

    private static String root(Throwable cause) {
        var root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
