package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.messaging.Consumer;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Retry;
import mutirao.messaging.internal.memory.MemoryBroker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

class ChosenTopicsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MESSAGES = 20;

    private final MemoryBroker shared = new MemoryBroker();
    private final Handled handled = new Handled(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());

    record Handled(Set<String> once, Set<String> twice) {}

    @SpringBootConfiguration
    @ImportAutoConfiguration(MessagingAutoConfiguration.class)
    @Import({Um.class, Outro.class})
    static class Application {}

    @Consumer(group = "g", topics = "um")
    static class Um {
        @OnEvent
        void on() {}
    }

    @Consumer(group = "g", topics = "outro")
    @Retry(times = 0)
    static class Outro {
        private final Handled handled;

        Outro(Handled handled) {
            this.handled = handled;
        }

        @OnEvent
        void on(Message<String> message) {
            if (handled.once().add(message.id())) {
                throw new IllegalStateException("na primeira vez");
            }
            handled.twice().add(message.id());
        }
    }

    private ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("memoryBroker", shared);
                    context.getBeanFactory().registerSingleton("handled", handled);
                })
                .run(args);
    }

    @Test
    void quem_so_ouve_um_topico_tambem_trata_o_que_o_grupo_tenta_de_novo() {
        try (var all = start();
                var some = start("--mutirao.messaging.consumers.topics=um")) {
            for (var i = 0; i < MESSAGES; i++) {
                all.getBean(Producer.class).publish("outro", "coisa.feita", "chave-" + i, "x");
            }
            // Each of the two keeps a share of the letters, and each gets a share of what is tried again.
            await().atMost(LONG).untilAsserted(() -> {
                retryAll(all.getBean(DeadLetters.class));
                retryAll(some.getBean(DeadLetters.class));
                assertThat(handled.twice()).hasSize(MESSAGES);
            });
        }
    }

    private static void retryAll(DeadLetters letters) {
        letters.list(null, null, null, MESSAGES).forEach(letter -> letters.retry(letter.id()));
    }
}
