package vizinho;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import mutirao.messaging.Broker;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.internal.MessagingAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;

/// Another system, which uses only the library.
public final class Vizinho implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /// @param broker that both talk over
    public Vizinho(Broker broker) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "vizinho",
                        Map.of("spring.application.name", "vizinho", "grupo", "vizinho-" + UUID.randomUUID())));
        context.getBeanFactory().registerSingleton("broker", broker);
        context.register(Bus.class, Caixa.class);
        context.refresh();
    }

    @ImportAutoConfiguration(MessagingAutoConfiguration.class)
    static class Bus {}

    @Consumer(
            group = "${grupo}",
            topics = {"mutirao.necessidade", "mutirao.oferta", "mutirao.entrega", "mutirao.ticket", "mutirao.respostas"
            })
    static class Caixa {
        private final ConcurrentLinkedQueue<Message<JsonNode>> heard = new ConcurrentLinkedQueue<>();

        @OnEvent
        void on(Message<JsonNode> message) {
            heard.add(message);
        }
    }

    /// What it publishes with.
    public Producer producer() {
        return context.getBean(Producer.class);
    }

    /// What it has heard, in order per key.
    public List<Message<JsonNode>> ouviu() {
        return List.copyOf(context.getBean(Caixa.class).heard);
    }

    /// What it has heard of one aggregate.
    public List<Message<JsonNode>> ouviu(UUID aggregate) {
        return ouviu().stream()
                .filter(message -> aggregate.toString().equals(message.key()))
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
