package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import mutirao.messaging.internal.Partitions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// What is asked of the broker about topics, and the making of those that are missing. Thread-safe. Every method
/// waits for each answer up to 5 s and throws [KafkaException] when there is none.
final class Topics implements AutoCloseable {
    /// A little more than the client's own limit, whose message says more.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> config;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private @Nullable Admin admin;

    Topics(Map<String, Object> config) {
        this.config = config;
    }

    /// Makes a topic unless it is there, with the broker's own replication. One that is there is used as it is.
    /// Asked of the broker once.
    void ensure(String topic) {
        if (known.contains(topic)) {
            return;
        }
        try {
            awaitLeaders(partitions(topic));
        } catch (UnknownTopicOrPartitionException e) {
            make(topic);
            awaitLeaders(partitions(topic));
        }
        known.add(topic);
    }

    boolean isKnown(String topic) {
        return known.contains(topic);
    }

    private void make(String topic) {
        try {
            var wanted = new NewTopic(topic, Optional.of(Partitions.COUNT), Optional.empty());
            answer(admin().createTopics(List.of(wanted)).all());
        } catch (TopicExistsException e) {
            return; // somebody was faster
        }
    }

    /// A broker hears of a new topic and of its leading it one after the other. In between it refuses what is
    /// written; the next batch may be the first it takes, and the refused one then never fits before it
    /// (KAFKA-15591): it fails only when its time is over. So only leaders that answer are written to.
    private void awaitLeaders(List<TopicPartition> partitions) {
        var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        answer(admin().listOffsets(wanted).all());
    }

    /// Asks again at the next [#ensure]: it may have been deleted.
    void forget(String topic) {
        known.remove(topic);
    }

    /// @throws UnknownTopicOrPartitionException when there is no such topic
    List<TopicPartition> partitions(String topic) {
        return answer(admin().describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .flatMap(description -> description.partitions().stream())
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /// Made when it is first needed: making one fails as long as the broker's name cannot be resolved.
    synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(config);
        }
        return admin;
    }

    /// Waits for it. Its failure is thrown as what it is.
    static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
        }
    }
}
