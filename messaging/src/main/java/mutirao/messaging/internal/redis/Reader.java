package mutirao.messaging.internal.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the streams that this member has of one topic, all with one connection of its own. While every one of them
/// has room it waits at the server for whichever gets an entry; else it asks each for as many as there is room for.
final class Reader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    /// A read waits so long at the server, and so long waits whoever wants a stream back.
    static final Duration BLOCK = Duration.ofMillis(500);
    /// How often each stream is trimmed, and looked at for strays.
    private static final Duration CARE = Duration.ofSeconds(5);
    private static final long SHORTEST_PAUSE_MS = 1;
    private static final long LONGEST_PAUSE_MS = 50;

    private final Redis redis;
    private final Streams streams;
    private final Tail.Group group;
    private final String topic;
    private final int window;
    private final BooleanSupplier allowed;
    private final Line line;
    private final Outage outage;
    private final String name;
    private final List<Tail> tails = new CopyOnWriteArrayList<>();
    /// Held while something is read and handed out. Fair, so that a stream can be taken away from a busy reader.
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean waiting;
    private volatile boolean stopped;
    private volatile boolean closed;
    private boolean failing;
    private long nextCare = System.nanoTime() + CARE.toNanos();

    /// @param allowed whether the leases last for longer than a read can take
    Reader(Redis redis, Streams streams, Tail.Group group, String topic, int window, BooleanSupplier allowed) {
        this.redis = redis;
        this.streams = streams;
        this.group = group;
        this.topic = topic;
        this.window = window;
        this.allowed = allowed;
        this.name = "reader of " + topic + " for " + group.name();
        this.line = redis.line("connection of the " + name);
        this.outage = redis.outage();
        // No daemon: an application that only consumes lives as long as it does, as with the other brokers.
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /// Waits no longer if it waits for something to do.
    void wake() {
        if (waiting) {
            wake.release();
        }
    }

    void add(List<Tail> more) {
        tails.addAll(more);
        wake();
    }

    /// On return nothing of these is being read or handed out.
    void remove(List<Tail> fewer) {
        turn.lock();
        try {
            tails.removeAll(fewer);
        } finally {
            turn.unlock();
        }
    }

    /// On return nothing is read or handed out any more.
    void stop() {
        turn.lock();
        try {
            stopped = true;
        } finally {
            turn.unlock();
        }
    }

    private void run() {
        var pause = SHORTEST_PAUSE_MS;
        while (!closed) {
            if (turn()) {
                pause = SHORTEST_PAUSE_MS;
            } else {
                sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
            }
        }
    }

    private boolean turn() {
        turn.lock();
        try {
            if (stopped || tails.isEmpty() || !allowed.getAsBoolean()) {
                return false;
            }
            var more = read(line.commands());
            if (failing) {
                failing = false;
                outage.over(name);
            }
            return more;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        } finally {
            turn.unlock();
        }
    }

    private void sleep(long millis) {
        waiting = true;
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            waiting = false;
        }
    }

    /// @return whether there may be more at once
    private boolean read(RedisAsyncCommands<String, byte[]> commands) {
        care(commands);
        var count = 0;
        for (var tail : tails) {
            count += tail.claim(commands);
        }
        if (tails.stream().allMatch(tail -> !tail.isClaiming() && tail.room() >= Math.ceilDiv(window, 2))) {
            readAny(commands);
            return true;
        }
        return count + readEach(commands) > 0;
    }

    private void readAny(RedisAsyncCommands<String, byte[]> commands) {
        var room = tails.stream().mapToInt(Tail::room).min().orElse(0);
        var read = Replies.await(
                commands.xreadgroup(consumer(), XReadArgs.Builder.block(BLOCK).count(room), offsets(tails)));
        if (read != null) {
            tails.forEach(tail -> tail.deliver(read.stream()
                    .filter(entry -> entry.getStream().equals(tail.stream()))
                    .toList()));
        }
    }

    private int readEach(RedisAsyncCommands<String, byte[]> commands) {
        var asked = tails.stream()
                .filter(tail -> !tail.isClaiming() && tail.room() > 0)
                .map(tail -> new Asked(
                        tail,
                        commands.xreadgroup(consumer(), XReadArgs.Builder.count(tail.room()), offsets(List.of(tail)))))
                .toList();
        var count = 0;
        for (var one : asked) {
            count += one.tail.deliver(Replies.await(one.reply));
        }
        return count;
    }

    private record Asked(Tail tail, RedisFuture<List<StreamMessage<String, byte[]>>> reply) {}

    private Consumer<String> consumer() {
        return Consumer.from(group.name(), group.consumer());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private StreamOffset<String>[] offsets(List<Tail> tails) {
        return tails.stream()
                .map(tail -> StreamOffset.lastConsumed(tail.stream()))
                .toArray(StreamOffset[]::new);
    }

    private void care(RedisAsyncCommands<String, byte[]> commands) {
        tails.forEach(tail -> tail.acks().flush());
        if (System.nanoTime() - nextCare < 0) {
            return;
        }
        nextCare = System.nanoTime() + CARE.toNanos();
        for (var tail : tails) {
            tail.lookForStrays(commands);
            var removed = streams.trim(tail.stream());
            LOG.debug("{}: {} entries trimmed", tail.stream(), removed);
        }
    }

    /// The connection was lost, or the server has lost the group (restarted empty, flushed).
    private void failed(RuntimeException failure) {
        failing = true;
        outage.failed(name, failure);
        tails.forEach(Tail::doubt);
        if (failure instanceof RedisCommandExecutionException) {
            try {
                streams.createGroups(group.name(), topic);
            } catch (RuntimeException e) {
                LOG.debug("{}: cannot make the groups", topic, e);
            }
        }
    }

    /// Ends its thread and connection.
    @Override
    public void close() {
        closed = true;
        stop();
        wake.release();
        try {
            var _ = thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        redis.close(line);
        outage.over(name);
    }
}
