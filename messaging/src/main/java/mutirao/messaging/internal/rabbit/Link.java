package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.core.NestedExceptionUtils;

/// One connection, made again with growing pauses whenever it is lost.
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String name;
    private final CachingConnectionFactory connections;
    private final Opened opened;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Connection current;

    /// Prepares a new connection before it is [#current].
    interface Opened {
        void on(Connection connection) throws IOException;
    }

    /// Begins to connect.
    ///
    /// @param name of the connection, as the broker and the log show it
    Link(String name, CachingConnectionFactory connections, Opened opened) {
        this.name = name;
        this.connections = connections;
        this.opened = opened;
        Thread.ofVirtual().name(name).start(this::run);
    }

    /// Empty while the broker is away. Waits for the very first attempt, a few seconds at most.
    Optional<Connection> current() {
        try {
            tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(current).filter(Connection::isOpen);
    }

    private void run() {
        var pause = PAUSE;
        do {
            try {
                var lost = connect();
                pause = PAUSE;
                var why = lost.join();
                if (!why.isInitiatedByApplication()) {
                    LOG.warn("{}: connection lost: {}", name, reason(why.getCause() == null ? why : why.getCause()));
                }
            } catch (IOException | RuntimeException e) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                LOG.warn("{}: no connection, trying again in {} ms: {}", name, pause.toMillis(), reason(e));
            }
            current = null;
            tried.countDown();
        } while (!closesWithin(pause));
        connections.destroy();
    }

    /// @return completes when the connection is lost
    private CompletableFuture<ShutdownSignalException> connect() throws IOException {
        var connection = connections.createConnection().getDelegate();
        var lost = new CompletableFuture<ShutdownSignalException>();
        connection.addShutdownListener(lost::complete);
        try {
            opened.on(connection);
        } catch (IOException | RuntimeException e) {
            connection.abort();
            throw e;
        }
        current = connection;
        tried.countDown();
        return lost;
    }

    /// What the broker or the network said, which the client keeps in the cause of an exception without a message.
    static String reason(Throwable e) {
        return NestedExceptionUtils.getMostSpecificCause(e).toString();
    }

    private boolean closesWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody interrupts it
        }
    }

    @Override
    public void close() {
        closing.countDown();
        connections.destroy();
    }
}
