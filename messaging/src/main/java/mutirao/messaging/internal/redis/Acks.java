package mutirao.messaging.internal.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What of one stream has been delivered here and is not acknowledged yet. While one acknowledgement is under way
/// the next ones gather, and go together. Thread-safe.
final class Acks {
    private static final int MOST_TOGETHER = 1000;

    private final Line line;
    private final String stream;
    private final String group;
    private final Set<String> known = new HashSet<>();
    private final ArrayDeque<String> finished = new ArrayDeque<>();
    private boolean underWay;
    private boolean failing;

    Acks(Line line, String stream, String group) {
        this.line = line;
        this.stream = stream;
        this.group = group;
    }

    /// @return false when it is known already
    synchronized boolean begin(String id) {
        return known.add(id);
    }

    /// Acknowledges one, soon.
    void finish(String id) {
        synchronized (this) {
            finished.add(id);
        }
        flush();
    }

    /// Begun ones, and finished ones that the broker does not know of yet.
    synchronized Set<String> known() {
        return Set.copyOf(known);
    }

    synchronized int size() {
        return known.size();
    }

    /// Sends what has gathered; also again what could not be sent before.
    void flush() {
        var ids = next();
        if (!ids.isEmpty()) {
            xack(ids).whenComplete((_, failure) -> completed(ids, failure));
        }
    }

    private synchronized List<String> next() {
        if (underWay || finished.isEmpty()) {
            return List.of();
        }
        underWay = true;
        var ids = finished.stream().limit(MOST_TOGETHER).toList();
        ids.forEach(_ -> finished.remove());
        return ids;
    }

    private CompletionStage<Long> xack(Collection<String> ids) {
        try {
            return line.commands().xack(stream, group, ids.toArray(String[]::new));
        } catch (RedisException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void completed(List<String> ids, @Nullable Throwable failure) {
        synchronized (this) {
            underWay = false;
            failing = failure != null;
            if (failing) {
                finished.addAll(ids);
            } else {
                ids.forEach(known::remove);
            }
            notifyAll();
            if (failing) {
                return; // tried again with the next one, or when the reader looks after it
            }
        }
        flush();
    }

    /// Waits until all that is finished is acknowledged.
    ///
    /// @return false when that fails, or is not so in time
    synchronized boolean settle(Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        try {
            while (underWay || (!finished.isEmpty() && !failing)) {
                var left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return finished.isEmpty();
    }
}
