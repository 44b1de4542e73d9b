package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.Set;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Transport.Subscription;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/// One member of a group: Spring's container, which begins once the topics are there, around an [Intake].
final class KafkaSubscription implements Subscription {
    /// So long a poll waits for messages.
    static final Duration POLL = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSubscription.class);
    private static final int LARGEST_BATCH = 500;
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final String name;
    private final Set<String> names;
    private final Topics topics;
    private final Intake intake;
    private final KafkaMessageListenerContainer<byte[], byte[]> container;
    private final Pause pause = new Pause();
    private final Thread starting;

    KafkaSubscription(Clients clients, Topics topics, String group, Set<String> names, int window, Receiver receiver) {
        // Half of what may be unfinished, so that one batch can come while another is worked at.
        var batch = Math.clamp(window / 2, 1, LARGEST_BATCH);
        this.name = group + " of " + names;
        this.names = Set.copyOf(names);
        this.topics = topics;
        this.intake = new Intake(name, window, batch, receiver, this::wake);
        this.container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(clients.consumer(batch)), properties(group));
        container.setBeanName(clients.name() + "-" + group);
        container.setBatchInterceptor(intake);
        container.setCommonErrorHandler(new Faults(name));
        this.starting = Thread.ofVirtual().name(name).start(this::start);
    }

    private ContainerProperties properties(String group) {
        var properties = new ContainerProperties(names.toArray(String[]::new));
        properties.setGroupId(group);
        // We commit ourselves, see Commits; the container never does.
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setMessageListener(intake);
        properties.setConsumerRebalanceListener(intake);
        properties.setPollTimeout(POLL.toMillis());
        properties.setShutdownTimeout(GOODBYE.toMillis());
        properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
        return properties;
    }

    private void start() {
        do {
            try {
                names.forEach(topics::ensure);
                if (!pause.isStopped()) {
                    container.start();
                }
                return;
            } catch (KafkaException e) {
                LOG.warn("{}: cannot begin, trying again: {}", name, e.toString());
            }
        } while (pause.await());
    }

    /// Also a container that is not paused wakes its consumer for this, which then looks at what is full.
    private void wake() {
        container.resume();
    }

    @Override
    public void stop() {
        intake.refuse();
        pause.stop();
        wake();
    }

    @Override
    public void close() {
        intake.leave();
        pause.stop();
        try {
            starting.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        container.stop();
    }
}
