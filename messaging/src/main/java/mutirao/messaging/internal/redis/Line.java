package mutirao.messaging.internal.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection for pipelined commands, made again whenever it is lost. Lettuce's own reconnecting is off: it may
/// send commands of the lost connection again behind the back of whoever has been told that they failed, and it
/// logs the attempts of every connection. Here what was under way fails when the connection is lost, and what is
/// asked for while it is away fails at once.
final class Line implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<StatefulRedisConnection<String, byte[]>> open;
    private final Outage outage;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
    private volatile CountDownLatch lost = new CountDownLatch(0);

    /// @param open makes a connection, or throws
    Line(String name, Supplier<StatefulRedisConnection<String, byte[]>> open, Outage outage) {
        this.name = name;
        this.open = open;
        this.outage = outage;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /// @throws RedisException when it is not connected now
    RedisAsyncCommands<String, byte[]> commands() {
        var current = connection;
        if (current == null || !current.isOpen()) {
            throw new RedisException(name + " is not connected");
        }
        return current.async();
    }

    boolean isConnected() {
        var current = connection;
        return current != null && current.isOpen();
    }

    /// Waits until it is connected for the first time, or that has failed, so long at most.
    void awaitTried(Duration atMost) {
        try {
            var _ = tried.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks something harmless, so that a connection from which nothing comes is known to be dead.
    void ping() {
        var current = connection;
        if (current != null && current.isOpen()) {
            var _ = current.async().ping();
        }
    }

    private void run() {
        try {
            var pause = FIRST_PAUSE;
            do {
                try {
                    connectAndAwaitLoss();
                    pause = FIRST_PAUSE;
                } catch (RuntimeException e) {
                    outage.failed(name, e);
                    var doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
                }
                tried.countDown();
            } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectAndAwaitLoss() throws InterruptedException {
        var opened = open.get();
        try {
            var loss = new CountDownLatch(1);
            lost = loss;
            opened.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> ignored) {
                    loss.countDown();
                }
            });
            connection = opened;
            outage.over(name);
            tried.countDown();
            while (opened.isOpen() && closing.getCount() > 0) {
                // It may have been lost before anybody listened.
                var _ = loss.await(1, TimeUnit.SECONDS);
            }
            if (closing.getCount() > 0) {
                outage.failed(name, new RedisException("connection lost"));
            }
        } finally {
            connection = null;
            var _ = opened.closeAsync();
        }
    }

    /// Fails what is under way.
    @Override
    public void close() {
        closing.countDown();
        lost.countDown();
        try {
            var _ = thread.join(CLOSE);
            outage.over(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
