package mutirao.messaging.internal.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import mutirao.messaging.internal.Shares;
import mutirao.messaging.internal.Transport.Receiver;

/// This process as a member of a group at one topic.
final class Member implements AutoCloseable, Leases.Holder {
    private static final Duration SETTLE = Duration.ofSeconds(5);
    /// A read must be over when the lease is, with time to spare for both clocks and the way there.
    private static final Duration READ = Reader.BLOCK.plusMillis(1500);

    private final Streams streams;
    private final Tail.Group group;
    private final String topic;
    private final int window;
    private final Receiver receiver;
    private final Line line;
    private final Map<Integer, List<Tail>> tails = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Leases leases;
    private final Reader reader;
    private final Shares shares;

    Member(Redis redis, Line line, Tail.Group group, String topic, String member, int window, Receiver receiver) {
        this.streams = new Streams(redis, line);
        this.line = line;
        this.group = group;
        this.topic = topic;
        this.window = window;
        this.receiver = receiver;
        this.leases = new Leases(redis, line, group.name(), topic, member, this);
        this.reader = new Reader(redis, streams, group, topic, window, () -> leases.lastFor(READ));
        this.shares = new Shares("redis-shares-" + group.name() + "-" + topic, leases);
    }

    @Override
    public void prepare() {
        streams.createGroups(group.name(), topic);
    }

    @Override
    public void begin(int partition) {
        var begun = Names.streams(topic, partition).stream()
                .map(stream -> new Tail(topic, stream, group, window, receiver, reader::wake, line))
                .toList();
        tails.put(partition, begun);
        reader.add(begun);
    }

    @Override
    public void end(int partition) {
        var ended = tails.getOrDefault(partition, List.of());
        reader.remove(ended);
        ended.forEach(tail -> receiver.revoke(tail.stream()));
        settle(ended);
        ended.forEach(Tail::close);
        tails.remove(partition);
    }

    private static void settle(Collection<Tail> tails) {
        tails.forEach(tail -> {
            tail.acks().flush();
            var _ = tail.acks().settle(SETTLE);
        });
    }

    void stop() {
        leases.stop();
        reader.stop();
    }

    /// What is finished is acknowledged, the rest is left pending.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stop();
        shares.close();
        var all = tails.values().stream().flatMap(List::stream).toList();
        settle(all);
        all.forEach(Tail::close);
        leases.close();
        reader.close();
    }
}
