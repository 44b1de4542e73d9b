package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.internal.NotSent;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Wire;
import org.jspecify.annotations.Nullable;

/// What is published over one connection: on one channel, so that order holds, without waiting for confirmations.
/// Ends with the connection, and ends the connection when the channel breaks.
final class Outgoing {
    /// Below the 128 KiB of a frame, into which all headers of a message must fit.
    private static final int MOST_HEADERS = 120_000;

    private final Connection connection;
    private final Channel channel;
    private final Object order = new Object();
    private final Executor completions;
    private final Set<String> declared = new HashSet<>();
    private final ConcurrentNavigableMap<Long, Unconfirmed> open = new ConcurrentSkipListMap<>();
    private volatile @Nullable String ended;
    private volatile @Nullable String blocked;

    private static final class Unconfirmed extends CompletableFuture<Void> {
        final String topic;
        volatile @Nullable String returned;

        Unconfirmed(String topic) {
            this.topic = topic;
        }

        void finish(boolean confirmed) {
            var nobody = returned;
            if (nobody != null) {
                completeExceptionally(NotConfirmed.nobody(nobody));
            } else if (confirmed) {
                complete(null);
            } else {
                completeExceptionally(new NotConfirmed("RabbitMQ refused a message to " + topic));
            }
        }
    }

    /// @param completions where what depends on confirmations runs: never the connection's own thread, which it
    ///                    might need
    Outgoing(Connection connection, Executor completions) throws IOException {
        this.connection = connection;
        this.completions = completions;
        this.channel = connection.openChannel().orElseThrow(() -> new IOException("no channel left"));
        channel.confirmSelect();
        channel.addReturnListener(this::returned);
        channel.addConfirmListener(
                (sequence, multiple) -> finish(sequence, multiple, true),
                (sequence, multiple) -> finish(sequence, multiple, false));
        channel.addShutdownListener(this::end);
        connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
    }

    /// Whether it ends, or the broker stops publishers.
    boolean isReady() {
        return blocked == null && ended == null;
    }

    /// @return as [mutirao.messaging.internal.Transport#send]
    CompletableFuture<Void> publish(Wire message) {
        var reason = blocked;
        if (reason != null) {
            return CompletableFuture.failedFuture(new NotSent("RabbitMQ takes no messages now: " + reason, null));
        }
        var unconfirmed = new Unconfirmed(message.topic());
        try {
            var routingKey = Topology.routingKey(
                    Partitions.of(message.key()), message.attributes().get("type"));
            checkSize(message);
            return write(message, routingKey, unconfirmed);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// The client counts a message before it finds that it cannot write it, and from then on every confirmation
    /// would be taken for that of another one.
    private static void checkSize(Wire message) {
        var size = message.key() == null ? 0 : octets(message.key());
        for (var entries : List.of(message.attributes(), message.headers())) {
            for (var entry : entries.entrySet()) {
                Topology.checked("cloudEvents_" + entry.getKey());
                size += 20 + octets(entry.getKey()) + octets(entry.getValue());
            }
        }
        if (size > MOST_HEADERS) {
            throw new IllegalArgumentException("attributes and headers of " + size + " octets are too many");
        }
        Topology.checked(message.headers().getOrDefault("content-type", ""));
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private CompletableFuture<Void> write(Wire message, String routingKey, Unconfirmed unconfirmed) {
        try {
            synchronized (order) {
                declare(message.topic());
                var sequence = channel.getNextPublishSeqNo();
                var properties = WireFormat.write(message, sequence);
                open.put(sequence, unconfirmed);
                channel.basicPublish(message.topic(), routingKey, true, properties, message.body());
            }
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            return CompletableFuture.failedFuture(notSent(message, e));
        }
        if (ended != null) {
            failOpen();
        }
        return unconfirmed;
    }

    /// What could not be written whole does not exist for the broker.
    private RuntimeException notSent(Wire message, Exception e) {
        var what = "not sent to " + message.topic() + ": " + Link.reason(e);
        if (isRefusal(e)) {
            return new NotConfirmed(what, e);
        }
        // The one that reads may notice much later.
        Thread.startVirtualThread(connection::abort);
        return new NotSent(what, e);
    }

    /// Of the declaration: the exchange is there and is another, or this user may not.
    private boolean isRefusal(Exception e) {
        return e.getCause() instanceof ShutdownSignalException signal && !signal.isHardError() && channel.isOpen();
    }

    /// On a channel of its own, which a refusal ends.
    private void declare(String topic) throws IOException, TimeoutException {
        if (declared.contains(topic)) {
            return;
        }
        Topology.checked(Topology.unpartitioned(topic));
        try (var other = connection.openChannel().orElseThrow(() -> new IOException("no channel left"))) {
            Topology.declareTopic(other, topic);
        }
        declared.add(topic);
    }

    /// Comes before the confirmation of the same message.
    private void returned(Return message) {
        WireFormat.sequence(message.getProperties())
                .map(open::get)
                .ifPresent(unconfirmed -> unconfirmed.returned = "nobody would get a message to "
                        + unconfirmed.topic + ": no group has a queue for it at RabbitMQ (" + message.getReplyText()
                        + ")");
    }

    private void finish(long sequence, boolean upTo, boolean confirmed) {
        var finished = new ArrayList<Unconfirmed>();
        if (upTo) {
            var those = open.headMap(sequence, true);
            finished.addAll(those.values());
            those.clear();
        } else {
            Optional.ofNullable(open.remove(sequence)).ifPresent(finished::add);
        }
        complete(() -> finished.forEach(unconfirmed -> unconfirmed.finish(confirmed)));
    }

    private void end(ShutdownSignalException reason) {
        ended = String.valueOf(reason.getMessage());
        complete(this::failOpen);
        Thread.startVirtualThread(connection::abort);
    }

    private void failOpen() {
        for (var first = open.pollFirstEntry(); first != null; first = open.pollFirstEntry()) {
            var unconfirmed = first.getValue();
            unconfirmed.completeExceptionally(new NotConfirmed("a message to " + unconfirmed.topic
                    + " was not confirmed before the end of the connection: " + ended));
        }
    }

    private void complete(Runnable completion) {
        try {
            completions.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }
}
