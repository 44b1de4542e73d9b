package mutirao.platform.command;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Lets in so many at a time. Who waits is let in by turns of their callers, and in order of each: somebody who sends
/// many waits behind themselves, and others do not wait behind all of theirs. Thread-safe.
final class Turnstile {
    /// Of one caller's, so many wait; it bounds what they hold in memory.
    static final int MOST = 500;

    private static final CountDownLatch OPEN = new CountDownLatch(0);

    /// Whose turn is next stands first.
    private final LinkedHashMap<UUID, Deque<CountDownLatch>> waiting = new LinkedHashMap<>();
    private int free;

    /// @param atATime 1 or more
    Turnstile(int atATime) {
        this.free = atATime;
    }

    /// Waits to be let in. Whoever was must [#leave].
    ///
    /// @return false when the time ran out, or when too many of the caller's wait already
    boolean enter(UUID caller, Duration patience) {
        var turn = claim(caller);
        if (turn == null) {
            return false;
        }
        try {
            return turn.await(patience.toNanos(), NANOSECONDS) || !givenUp(caller, turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !givenUp(caller, turn);
        }
    }

    private synchronized @Nullable CountDownLatch claim(UUID caller) {
        if (free > 0) {
            free--;
            return OPEN;
        }
        var own = waiting.computeIfAbsent(caller, _ -> new ArrayDeque<>());
        if (own.size() == MOST) {
            return null;
        }
        var turn = new CountDownLatch(1);
        own.add(turn);
        return turn;
    }

    /// False when it was let in at the last moment.
    private synchronized boolean givenUp(UUID caller, CountDownLatch turn) {
        var own = waiting.get(caller);
        if (own == null || !own.remove(turn)) {
            return false;
        }
        if (own.isEmpty()) {
            waiting.remove(caller);
        }
        return true;
    }

    /// Lets in the next, whose caller then is last.
    synchronized void leave() {
        var next = waiting.pollFirstEntry();
        if (next == null) {
            free++;
            return;
        }
        next.getValue().remove().countDown();
        if (!next.getValue().isEmpty()) {
            waiting.putLast(next.getKey(), next.getValue());
        }
    }
}
