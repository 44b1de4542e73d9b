package mutirao.messaging.internal.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Wire;
import org.jspecify.annotations.Nullable;

/// One stream while this member reads it. It begins by taking over, in their order, the entries that somebody has
/// read and not acknowledged; new ones come after these. Only the [Reader]'s thread reads.
final class Tail {
    private static final String BEGINNING = "0-0";

    private final String topic;
    private final String stream;
    private final Consumer<String> consumer;
    private final int window;
    private final Receiver receiver;
    private final Runnable roomMade;
    private final Acks acks;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;
    /// Up to where pending entries have been taken over; null when all have.
    private @Nullable String claimFrom = BEGINNING;

    /// @param roomMade called, on any thread, when an entry is finished
    Tail(String topic, String stream, Group group, int window, Receiver receiver, Runnable roomMade, Line acking) {
        this.topic = topic;
        this.stream = stream;
        this.consumer = Consumer.from(group.name(), group.consumer());
        this.window = window;
        this.receiver = receiver;
        this.roomMade = roomMade;
        this.acks = new Acks(acking, stream, group.name());
    }

    /// @param consumer the same for all members: what is pending there belongs to whoever has the lease, and no
    ///                 names of members that are gone gather at the server
    record Group(String name, String consumer) {}

    String stream() {
        return stream;
    }

    Acks acks() {
        return acks;
    }

    /// So many may be read now.
    int room() {
        // Finished ones do not count, but must not pile up either while they cannot be acknowledged.
        return Math.max(0, Math.min(window - open.get(), 4 * window - acks.size()));
    }

    boolean isClaiming() {
        return claimFrom != null;
    }

    /// Something may have been read that did not arrive here: looks at all that is pending before it reads on.
    void doubt() {
        claimFrom = BEGINNING;
    }

    /// Takes over as many pending entries as there is room for.
    ///
    /// @return how many were new here
    int claim(RedisAsyncCommands<String, byte[]> commands) {
        var room = room();
        var from = claimFrom;
        if (room == 0 || from == null) {
            return 0;
        }
        var claimed = Replies.await(commands.xautoclaim(
                stream,
                XAutoClaimArgs.Builder.<String>xautoclaim(consumer, Duration.ZERO, from)
                        .count(room)));
        claimFrom = claimed.getId().equals(BEGINNING) ? null : claimed.getId();
        return deliver(claimed.getMessages());
    }

    /// Looks whether entries are pending for the group that this member, which alone reads the stream, has not got:
    /// of a member that lost its lease while it read, or of an answer that was lost.
    void lookForStrays(RedisAsyncCommands<String, byte[]> commands) {
        var known = acks.known();
        var pending = Replies.await(commands.xpending(stream, consumer.getGroup()));
        if (pending.getCount() > known.size()
                || (pending.getCount() > 0
                        && !known.contains(pending.getMessageIds().getLower().getValue()))) {
            doubt();
        }
    }

    /// @return how many were new here
    int deliver(List<StreamMessage<String, byte[]>> entries) {
        var count = 0;
        for (var entry : entries) {
            if (!closed && acks.begin(entry.getId())) {
                count++;
                open.incrementAndGet();
                var delivery = new Taken(entry.getId(), entry);
                receiver.receive(delivery);
            }
        }
        return count;
    }

    /// Nothing is delivered or acknowledged any more.
    void close() {
        closed = true;
    }

    private final class Taken implements Delivery {
        private final String id;
        private final Wire message;
        private final AtomicBoolean done = new AtomicBoolean();

        Taken(String id, StreamMessage<String, byte[]> entry) {
            this.id = id;
            this.message = Entries.read(topic, entry.getBody());
        }

        @Override
        public Wire message() {
            return message;
        }

        @Override
        public String place() {
            return stream + "/" + id;
        }

        @Override
        public Object partition() {
            return stream;
        }

        @Override
        public void done() {
            if (done.compareAndSet(false, true) && !closed) {
                open.decrementAndGet();
                acks.finish(id);
                roomMade.run();
            }
        }
    }
}
