package mutirao.examples.pedidos;

import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Notes everything that happens, as a group of its own that gets copies: only where a worker is started for it.
@Consumer(
        group = "avisos",
        topics = {"pedidos", "estoque"},
        autoStart = false)
class AvisosConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(AvisosConsumer.class);

    @OnEvent("*")
    void note(Message<JsonNode> event) {
        LOG.info("{} {} {}", event.name(), event.key(), event.data());
    }
}
