package mutirao.messaging.internal.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import mutirao.messaging.internal.NotSent;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Redis Streams (6.2 or later, one server or a Sentinel's; not a cluster). A topic is the streams `<topic>:0` to
/// `<topic>:7`, by key ([Partitions]); consumers also read the bare stream `<topic>`, to which neighbours may add
/// that know nothing of partitions (whoever has the first partition reads it; no order between it and the others).
///
/// What is confirmed is as durable as the server is configured: it needs `appendonly yes`, with `appendfsync
/// always` to lose nothing when the machine fails, `everysec` to lose a second of it; a replica that takes over may
/// lack what was confirmed last. And it needs `maxmemory-policy noeviction`, which is the default.
///
/// Entries that all groups of a stream have finished are removed every few seconds by those who read it, save the
/// last few. A stream that no group reads is kept whole, and a group that nobody belongs to any more keeps
/// everything since: `XGROUP DESTROY` it on each stream of the topic.
///
/// A group's partitions are leased to its members for 10 s at a time, so when one dies others go on after 10 s at
/// the latest. A process that stands still for longer than that may go on with what it has begun while another has
/// it.
public final class RedisTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTransport.class);
    private static final Duration FIRST_CONNECT = Duration.ofSeconds(3);

    private final Redis redis;
    private final Line publishing;
    /// For acknowledgements; scripts go only when it is there.
    private final Line acking;
    private final Streams streams;
    private final String name;

    /// Connects, in the background if the broker is not there within 3 s.
    ///
    /// @param url        `redis://`, `rediss://` or `redis-sentinel://`
    /// @param clientName as which it is seen at the server
    /// @throws IllegalArgumentException when it is not such a URL
    public RedisTransport(String url, String clientName) {
        name = clientName.isBlank() ? "mutirao" : clientName.replaceAll("[^!-~]", "-");
        redis = new Redis(url, name);
        publishing = redis.line("publishing connection");
        acking = redis.line("acknowledging connection");
        streams = new Streams(redis, acking);
        publishing.awaitTried(FIRST_CONNECT);
        acking.awaitTried(FIRST_CONNECT);
    }

    @Override
    public boolean isReady() {
        return publishing.isConnected();
    }

    @Override
    public CompletableFuture<Void> send(Wire message) {
        var confirmed = new CompletableFuture<Void>();
        try {
            var stream = Names.stream(message.topic(), Partitions.of(message.key()));
            publishing.commands().xadd(stream, Entries.write(message)).whenComplete((_, failure) -> {
                if (failure == null) {
                    confirmed.complete(null);
                } else {
                    confirmed.completeExceptionally(failure);
                }
            });
        } catch (RedisException e) {
            confirmed.completeExceptionally(new NotSent("no connection to Redis for " + message.topic(), e));
        }
        return confirmed;
    }

    @Override
    public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
        var member = name + "-" + UUID.randomUUID();
        return new Members(topics.stream()
                .map(topic -> new Member(redis, acking, new Tail.Group(group, name), topic, member, window, receiver))
                .toList());
    }

    private record Members(List<Member> members) implements Subscription {
        @Override
        public void stop() {
            members.parallelStream().forEach(Member::stop);
        }

        @Override
        public void close() {
            members.parallelStream().forEach(Member::close);
        }
    }

    @Override
    public long lag(String group, String topic) {
        try {
            return streams.lag(group, topic);
        } catch (RuntimeException e) {
            LOG.debug("cannot ask for the lag of {} at {}", group, topic, e);
            return -1;
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
