package mutirao.messaging.internal.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/// When polling itself fails: says so and waits a little, since the next poll may fail at once, too.
final class Faults implements CommonErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int PAUSE_MS = 5_000;

    private final String name;

    /// @param name in the log
    Faults(String name) {
        this.name = name;
    }

    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        LOG.error("{}: polling failed, trying again in {} ms", name, PAUSE_MS, thrown);
        try {
            ListenerUtils.stoppableSleep(container, PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
