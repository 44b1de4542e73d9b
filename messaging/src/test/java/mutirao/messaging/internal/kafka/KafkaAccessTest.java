package mutirao.messaging.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.messaging.Broker;
import mutirao.messaging.Consumer;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.contract.KafkaServer;
import mutirao.messaging.internal.MessagingAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// A broker that asks who is there.
class KafkaAccessTest {
    private static final String TOPIC = "acesso-" + UUID.randomUUID();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
            .withBean(Broker.class, KafkaServer.shared()::guarded)
            .withPropertyValues(
                    "topic=" + TOPIC,
                    "mutirao.messaging.kafka.properties.security.protocol=SASL_PLAINTEXT",
                    "mutirao.messaging.kafka.properties.sasl.mechanism=PLAIN",
                    // What carries a promise is not to be had cheaper.
                    "mutirao.messaging.kafka.properties.enable.auto.commit=true");

    private static String login(String password) {
        return "mutirao.messaging.kafka.properties.sasl.jaas.config="
                + "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ana\" password=\""
                + password + "\";";
    }

    @Consumer(group = "acesso", topics = "${topic}")
    static class Heard {
        private final BlockingQueue<String> names = new LinkedBlockingQueue<>();

        @OnEvent
        void on(Map<String, String> data) {
            names.add(data.get("nome"));
        }
    }

    @Test
    void quem_diz_quem_e_publica_e_consome() {
        application.withBean(Heard.class).withPropertyValues(login("segredo")).run(context -> {
            context.getBean(Producer.class).publish(TOPIC, "algo.dito", "a", Map.of("nome", "Ana"));
            assertThat(context.getBean(Heard.class).names.poll(60, TimeUnit.SECONDS))
                    .isEqualTo("Ana");
        });
    }

    @Test
    void com_a_senha_errada_nada_e_dado_por_publicado() {
        application
                .withPropertyValues(login("errada"), "mutirao.messaging.confirm-timeout=3s")
                .run(context -> assertThatThrownBy(() ->
                                context.getBean(Producer.class).publish(TOPIC, "algo.dito", "a", Map.of("nome", "Ana")))
                        .isInstanceOf(NotConfirmed.class));
    }
}
