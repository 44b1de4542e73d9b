package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages over Kafka. A topic is a topic, a key chooses its partition, a group is a consumer group. Connects when
/// there is something to do.
public final class KafkaTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);

    private final Clients clients;
    private final Topics topics;
    private final Lag lag;
    private final Outbox outbox;

    /// @param bootstrapServers `host:port,…`
    /// @param clientName       what the clients' ids begin with, as the broker's logs and quotas show it
    /// @param properties       of the clients, for what the library does not set itself: `security.protocol`, …
    /// @param patience         how long a message waits for a broker that is away; 30 s at least
    public KafkaTransport(
            String bootstrapServers, String clientName, Map<String, String> properties, Duration patience) {
        this.clients = new Clients(bootstrapServers, clientName, properties, patience);
        this.topics = new Topics(clients.admin());
        this.lag = new Lag(topics);
        this.outbox = new Outbox(clients, topics);
    }

    /// Fails when the producer could not take it for as long as its patience goes, and after as long again when it was
    /// not confirmed.
    /// Completes on the producer's thread, which must not be kept.
    @Override
    public CompletableFuture<Void> send(Wire message) {
        return outbox.send(message);
    }

    @Override
    public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
        return new KafkaSubscription(clients, this.topics, group, topics, window, receiver);
    }

    @Override
    public long lag(String group, String topic) {
        try {
            return lag.of(group, topic);
        } catch (KafkaException e) {
            LOG.debug("the lag of {} in {} is not known", group, topic, e);
            return -1;
        }
    }

    @Override
    public void close() {
        outbox.close();
        topics.close();
    }
}
