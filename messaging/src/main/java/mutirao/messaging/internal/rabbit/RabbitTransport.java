package mutirao.messaging.internal.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import mutirao.messaging.internal.NotSent;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/// Over RabbitMQ 3.8 or later. A topic is a durable topic exchange of its name; what is published has the routing
/// key `p<partition>.<event name>`. A group has eight durable queues `<group>.<topic>.<partition>`, bound with
/// `p<partition>.#`, each consumed by one process at a time (single active consumer). What neighbours publish with
/// routing keys of their own goes through the alternate exchange `<topic>.unpartitioned` to every group's queue 0.
/// Members of a group know of each other by consuming from `<group>.<topic>.members`, to which nothing is sent.
///
/// Spring keeps the connections, one to publish and one to consume, as a broker short of memory stops those who
/// publish. Channels are the client's own: order, acknowledging and giving back hang on which channel is used,
/// which Spring's cache and containers hide.
public final class RabbitTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitTransport.class);
    private static final int HEARTBEAT_S = 60;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final String url;
    private final String clientName;
    private final ExecutorService completions;
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Membership> memberships = new CopyOnWriteArrayList<>();
    private final Link publishing;
    private @Nullable Link consuming;
    private volatile @Nullable Outgoing outgoing;

    /// Begins to connect.
    ///
    /// @param url        `amqp://user:password@host:port/virtual-host`, or `amqps://…`: the certificate is checked
    ///                   against what this JVM trusts
    /// @param clientName of the connections, as the broker shows them
    /// @throws IllegalArgumentException when it is no such URL
    public RabbitTransport(String url, String clientName) {
        this.url = url;
        this.clientName = clientName;
        this.completions = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(clientName + "-confirmed").factory());
        this.publishing = link("publishes", connection -> outgoing = new Outgoing(connection, completions));
    }

    private Link link(String purpose, Link.Opened opened) {
        var name = clientName + " " + purpose;
        var connections = new CachingConnectionFactory(client());
        connections.setConnectionNameStrategy(_ -> name);
        connections.setExecutor(deliveries);
        return new Link(name, connections, opened);
    }

    private ConnectionFactory client() {
        var client = new ConnectionFactory();
        try {
            client.setUri(url);
            if (client.getVirtualHost().isEmpty()) {
                // By the letter `…:5672/` is the virtual host "", which nobody has and nobody means.
                client.setVirtualHost(ConnectionFactory.DEFAULT_VHOST);
            }
            if (client.isSSL()) {
                client.useSslProtocol(SSLContext.getDefault()); // the client's own trusts everybody
                client.enableHostnameVerification();
            }
        } catch (URISyntaxException e) {
            // Without the exception: it shows the password.
            throw new IllegalArgumentException("not a URL of RabbitMQ: " + e.getReason());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no TLS", e);
        }
        client.setAutomaticRecoveryEnabled(false);
        client.setExceptionHandler(new DefaultExceptionHandler() {
            @Override
            public void handleUnexpectedConnectionDriverException(Connection lost, Throwable reason) {
                LOG.debug("{}: {}", lost, reason.toString()); // the Link says it
            }
        });
        client.setRequestedHeartbeat(HEARTBEAT_S);
        client.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
        client.setChannelRpcTimeout((int) ANSWER_TIMEOUT.toMillis());
        return client;
    }

    @Override
    public boolean isReady() {
        var now = current();
        return now != null && now.isReady();
    }

    private @Nullable Outgoing current() {
        return publishing.current().isPresent() ? outgoing : null;
    }

    /// Fails at once while the broker is away, or stops publishers because it is short of memory or disk.
    @Override
    public CompletableFuture<Void> send(Wire message) {
        var now = current();
        return now == null
                ? CompletableFuture.failedFuture(
                        new NotSent("not sent to " + message.topic() + ": no connection to RabbitMQ", null))
                : now.publish(message);
    }

    @Override
    public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
        topics.forEach(topic -> Topology.checked(Topology.members(group, topic)));
        var link = consuming();
        var own = topics.stream()
                .map(topic -> new Membership(link, group, topic, window, receiver))
                .toList();
        memberships.addAll(own);
        return new Subscription() {
            @Override
            public void stop() {
                own.forEach(Membership::stop);
            }

            @Override
            public void close() {
                own.forEach(Membership::close);
                memberships.removeAll(own);
            }
        };
    }

    private synchronized Link consuming() {
        if (consuming == null) {
            consuming = link("consumes", _ -> {});
        }
        return consuming;
    }

    /// What waits at the broker, and what this process has not finished: the broker does not say what other
    /// processes have not. 0 for a group that has no queue.
    @Override
    public long lag(String group, String topic) {
        var connection = asking().current();
        if (connection.isEmpty()) {
            return -1;
        }
        try (var channel = connection.get().openChannel().orElseThrow(() -> new IOException("no channel left"))) {
            var sum = 0L;
            for (var partition = 0; partition < Partitions.COUNT; partition++) {
                sum += channel.messageCount(Topology.queue(group, topic, partition));
            }
            return sum + unfinished(group, topic);
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            return isMissing(e) ? 0 : -1;
        }
    }

    private synchronized Link asking() {
        return consuming == null ? publishing : consuming;
    }

    private int unfinished(String group, String topic) {
        return memberships.stream()
                .filter(membership -> membership.isOf(group, topic))
                .mapToInt(Membership::unfinished)
                .sum();
    }

    private static boolean isMissing(Exception e) {
        return e.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.NOT_FOUND;
    }

    @Override
    public void close() {
        publishing.close();
        synchronized (this) {
            if (consuming != null) {
                consuming.close();
            }
        }
        completions.close();
        deliveries.close();
    }
}
