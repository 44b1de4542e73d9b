package mutirao.messaging.internal;

import mutirao.messaging.Message;
import mutirao.messaging.ProcessedMessages;
import tools.jackson.databind.JsonNode;

/// Hands messages to handlers without a broker.
public final class Deliverer {
    private final Handlers handlers;
    private final Codec codec;
    private final Payloads payloads;
    private final ProcessedMessages processed;

    Deliverer(Handlers handlers, Codec codec, Payloads payloads, ProcessedMessages processed) {
        this.handlers = handlers;
        this.codec = codec;
        this.payloads = payloads;
        this.processed = processed;
    }

    /// What travels, as a message.
    public Message<JsonNode> read(Wire wire) {
        return codec.read(wire, "harness");
    }

    /// @see mutirao.messaging.MessagingHarness#deliver
    public boolean deliver(String group, Message<?> message) throws Exception {
        var read = read(codec.write(message));
        var best = Handlers.best(handlers.of(group), read.topic(), read.name());
        if (best.isEmpty()) {
            return false;
        }
        var handler = best.get().handler();
        var data = payloads.read(handler, read);
        return DirectProducer.causedBy(read, () -> handler.handle(read, data, processed));
    }
}
