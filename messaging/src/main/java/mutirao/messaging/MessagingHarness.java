package mutirao.messaging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mutirao.messaging.internal.Deliverer;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.memory.MemoryTransport;
import tools.jackson.databind.JsonNode;

/// For tests of applications, without a broker: tells what was published, and hands messages to handlers directly.
/// Import it into a test's application context, with `mutirao.messaging.broker=none`. Thread-safe.
public final class MessagingHarness {
    private final Deliverer deliverer;
    private final Producer producer;
    private final List<Message<JsonNode>> published = new CopyOnWriteArrayList<>();

    /// @throws IllegalStateException when the application talks to a real broker
    public MessagingHarness(Transport transport, Deliverer deliverer, Producer producer) {
        if (!(transport instanceof MemoryTransport memory)) {
            throw new IllegalStateException("a harness needs mutirao.messaging.broker=none");
        }
        this.deliverer = deliverer;
        this.producer = producer;
        memory.watch(wire -> published.add(deliverer.read(wire)));
    }

    /// What was published to a topic since the last [#clear], in its order, also by the library itself: dead
    /// letters are on `<group>.dead`.
    public List<Message<JsonNode>> published(String topic) {
        return published.stream()
                .filter(message -> message.topic().equals(topic))
                .toList();
    }

    /// Forgets what was published.
    public void clear() {
        published.clear();
    }

    /// Hands an event to its handler and waits: read, validated, in one transaction and once, as a broker would
    /// have it, but not tried again.
    ///
    /// @return whether it ran; false when the group has no handler for it
    /// @throws Exception what the handler throws, or what says that the data is invalid
    public boolean deliver(String group, String topic, String name, Object data) throws Exception {
        return deliver(group, producer.message(topic, name, null, data));
    }

    /// Hands a message to its handler, as the other does. The same id again does nothing.
    ///
    /// @return whether it ran
    /// @throws Exception as the other
    public boolean deliver(String group, Message<?> message) throws Exception {
        return deliverer.deliver(group, message);
    }
}
