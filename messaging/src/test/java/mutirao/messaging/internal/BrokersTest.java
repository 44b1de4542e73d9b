package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import mutirao.messaging.Broker;
import mutirao.messaging.internal.memory.MemoryTransport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;

class BrokersTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class));

    /// Reads the settings without talking to anybody.
    private final ApplicationContextRunner settings =
            new ApplicationContextRunner().withUserConfiguration(SettingsOnly.class);

    @EnableConfigurationProperties(Settings.class)
    static class SettingsOnly {}

    private void chooses(Broker expected, String... environment) {
        settings.withPropertyValues(environment)
                .run(context -> assertThat(
                                Brokers.of(context.getBean(Settings.class), context.getBean(Environment.class)))
                        .isEqualTo(expected));
    }

    @Test
    void uma_propriedade_escolhe_e_o_ambiente_diz_onde() {
        chooses(Broker.none());
        chooses(Broker.none(), "KAFKA_BOOTSTRAP_SERVERS=k:9092");
        chooses(Broker.kafka("localhost:9092"), "mutirao.messaging.broker=kafka");
        chooses(Broker.kafka("k:9092"), "mutirao.messaging.broker=kafka", "KAFKA_BOOTSTRAP_SERVERS=k:9092");
        chooses(Broker.rabbitmq("amqp://r/"), "mutirao.messaging.broker=rabbitmq", "RABBITMQ_URL=amqp://r/");
        chooses(Broker.redis("redis://r/1"), "mutirao.messaging.broker=redis", "REDIS_URL=redis://r/1");
    }

    @Test
    void a_propriedade_vence_o_ambiente() {
        chooses(
                Broker.redis("redis://propriedade"),
                "mutirao.messaging.broker=redis",
                "mutirao.messaging.redis.url=redis://propriedade",
                "REDIS_URL=redis://ambiente");
    }

    @Test
    void o_codigo_vence_a_propriedade_e_o_ambiente() {
        application
                .withBean(Broker.class, Broker::none)
                .withPropertyValues(
                        "mutirao.messaging.broker=kafka",
                        "mutirao.messaging.kafka.bootstrap-servers=propriedade:9092",
                        "KAFKA_BOOTSTRAP_SERVERS=ambiente:9092")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Broker.class);
                    assertThat(context.getBean(Broker.class)).isEqualTo(Broker.none());
                    assertThat(context.getBean(Transport.class)).isInstanceOf(MemoryTransport.class);
                });
    }

    @Test
    void o_que_se_mostra_dele_nao_tem_senha() {
        assertThat(Broker.rabbitmq("amqp://ana:segredo@r:5672/").toString()).isEqualTo("RABBITMQ amqp://***@r:5672/");
    }
}
