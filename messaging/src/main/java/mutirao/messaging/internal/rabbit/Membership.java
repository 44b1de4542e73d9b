package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Shares;
import mutirao.messaging.internal.Transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process in one group, for one topic. The broker's counts of consumers are the ledger: members consume from
/// the members' queue, and a partition is free when nobody consumes from its queue.
final class Membership implements Shares.Ledger, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Link link;
    private final String group;
    private final String topic;
    private final int window;
    private final Receiver receiver;
    private final Map<Integer, Taken> taken = new ConcurrentHashMap<>();
    private final Shares shares;
    private volatile boolean stopped;
    private volatile @Nullable Channel desk;

    /// Begins to look for a share.
    Membership(Link link, String group, String topic, int window, Receiver receiver) {
        this.link = link;
        this.group = group;
        this.topic = topic;
        this.window = window;
        this.receiver = receiver;
        this.shares = new Shares(group + " of " + topic, this);
    }

    /// Also while the broker is away: what is lost is revoked before anything comes again.
    @Override
    public Set<Integer> renew(Set<Integer> held) {
        var gone = new HashSet<Integer>();
        for (var partition : held) {
            var one = taken.get(partition);
            if (one != null && one.lost()) {
                one.revoke();
                one.release();
                taken.remove(partition);
            }
            if (!taken.containsKey(partition)) {
                gone.add(partition);
            }
        }
        return gone;
    }

    @Override
    public int members() {
        return desk().map(open -> consumers(open, Topology.members(group, topic)))
                .orElse(1);
    }

    @Override
    public List<Integer> free() {
        return desk().map(open -> IntStream.range(0, Partitions.COUNT)
                        .filter(partition -> consumers(open, Topology.queue(group, topic, partition)) == 0)
                        .boxed()
                        .toList())
                .orElse(List.of());
    }

    @Override
    public boolean take(int partition) {
        var connection = link.current();
        if (stopped || connection.isEmpty()) {
            return false;
        }
        try {
            var queue = Topology.queue(group, topic, partition);
            var one = Taken.take(connection.get(), topic, queue, window, receiver);
            one.ifPresent(it -> taken.put(partition, it));
            return one.isPresent();
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    @Override
    public void give(int partition) {
        var one = taken.get(partition);
        if (one != null) {
            one.revoke();
            one.release();
            taken.remove(partition);
        }
    }

    /// The channel that counts and is counted, once everything is declared; empty while the broker is away.
    private Optional<Channel> desk() {
        var open = desk;
        if (open != null && open.isOpen()) {
            return Optional.of(open);
        }
        return link.current().map(this::open);
    }

    private Channel open(Connection connection) {
        try {
            var channel = connection.openChannel().orElseThrow(() -> new IOException("no channel left"));
            Topology.declareGroup(channel, group, topic);
            channel.basicConsume(Topology.members(group, topic), true, new DefaultConsumer(channel));
            desk = channel;
            return channel;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private static int consumers(Channel channel, String queue) {
        try {
            return channel.queueDeclarePassive(queue).getConsumerCount();
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private static UncheckedIOException unchecked(IOException e) {
        return new UncheckedIOException(Link.reason(e), e);
    }

    boolean isOf(String group, String topic) {
        return this.group.equals(group) && this.topic.equals(topic);
    }

    int unfinished() {
        return taken.values().stream().mapToInt(Taken::unfinished).sum();
    }

    /// Takes nothing more. Keeps what it has, or others would begin while what was delivered here still runs.
    void stop() {
        stopped = true;
        taken.values().forEach(Taken::shut);
        shares.close();
        taken.values().forEach(Taken::shut);
        var open = desk;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | TimeoutException | AlreadyClosedException e) {
                LOG.debug("{} of {}: closed already: {}", group, topic, Link.reason(e));
            }
        }
    }

    @Override
    public void close() {
        stop();
        taken.values().forEach(Taken::release);
        taken.clear();
    }
}
