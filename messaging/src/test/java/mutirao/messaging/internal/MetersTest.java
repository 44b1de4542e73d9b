package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mutirao.messaging.Consumer;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.Retry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

class MetersTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
            .withUserConfiguration(Medido.class, Registries.class);

    static class Registries {
        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        ObservationRegistry observations(MeterRegistry meters) {
            var registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
            return registry;
        }
    }

    @Consumer(group = "g", topics = "t")
    @Retry(times = 1, delay = "10ms")
    static class Medido {
        final CountDownLatch go = new CountDownLatch(1);

        @OnEvent("certo.*")
        void right() {}

        @OnEvent("errado.*")
        void wrong() {
            throw new IllegalStateException("errado");
        }

        @OnEvent("lento.*")
        void slow() throws InterruptedException {
            go.await();
        }
    }

    private static double consumed(MeterRegistry meters, String event, String outcome) {
        var counter = meters.find("messaging.consumed")
                .tags("group", "g", "event", event, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static double published(MeterRegistry meters, String event) {
        return published(meters, event, "confirmed");
    }

    private static double published(MeterRegistry meters, String event, String outcome) {
        return meters.get("messaging.published")
                .tags("event", event, "outcome", outcome)
                .counter()
                .count();
    }

    private static double gauge(MeterRegistry meters, String name, String... tags) {
        return meters.get(name).tags(tags).gauge().value();
    }

    @Test
    void conta_por_evento_grupo_e_resultado() {
        application.run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            var producer = context.getBean(Producer.class);
            var once = producer.message("t", "certo.um", "k", 1);
            NotConfirmed.await(producer.send(once));
            NotConfirmed.await(producer.send(once));
            producer.publish("t", "certo.outro", "k", 1);
            producer.publish("t", "nada.disso", "k", 1);
            producer.publish("t", "errado.um", "k", 1);
            await().atMost(LONG).until(() -> context.getBean(DeadLetters.class).count("g") == 1);
            assertThat(consumed(meters, "certo.*", "handled")).isEqualTo(2);
            assertThat(consumed(meters, "certo.*", "duplicate")).isOne();
            assertThat(consumed(meters, "other", "ignored")).isOne();
            assertThat(consumed(meters, "errado.*", "retried")).isOne();
            assertThat(consumed(meters, "errado.*", "dead")).isOne();
            assertThat(published(meters, "certo.um")).isEqualTo(2);
            assertThat(published(meters, "g.dead")).isOne();
            assertThat(gauge(meters, "messaging.dead.letters")).isOne();
        });
    }

    @Test
    void os_nomes_que_vizinhos_inventam_nao_fazem_medidas_novas() {
        application.run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            var transport = context.getBean(Transport.class);
            var codec = context.getBean(Codec.class);
            var producer = context.getBean(Producer.class);
            for (var i = 0; i < 20; i++) {
                transport
                        .send(codec.write(producer.message("t", "errado." + i, null, i)))
                        .join();
            }
            await().atMost(LONG).until(() -> context.getBean(DeadLetters.class).count("g") == 20);
            assertThat(meters.getMeters())
                    .allSatisfy(meter -> assertThat(meter.getId().getTags())
                            .noneMatch(tag -> tag.getValue().startsWith("errado.")
                                    && !tag.getValue().endsWith("*")));
        });
    }

    @Test
    void o_que_falta_se_sabe_desde_a_primeira_leitura() {
        application.run(context -> assertThat(
                        gauge(context.getBean(MeterRegistry.class), "messaging.lag", "group", "g", "topic", "t"))
                .isZero());
    }

    @Test
    void o_que_ninguem_ouve_nao_conta_como_falha() {
        application
                .withBean(Transport.class, Unheard::new)
                .withPropertyValues("mutirao.messaging.consumers.enabled=false")
                .run(context -> {
                    var meters = context.getBean(MeterRegistry.class);
                    var producer = context.getBean(Producer.class);
                    assertThatThrownBy(() -> producer.publish("ninguem", "certo.um", "k", 1))
                            .isInstanceOfSatisfying(
                                    NotConfirmed.class,
                                    unheard -> assertThat(unheard.isNobody()).isTrue());
                    assertThatThrownBy(() -> producer.publish("recusado", "certo.um", "k", 1))
                            .isInstanceOf(NotConfirmed.class);
                    assertThat(published(meters, "certo.um", "nobody")).isOne();
                    assertThat(published(meters, "certo.um", "failed")).isOne();
                    assertThat(meters.get("messaging.publish")
                                    .tags("topic", "ninguem", "error", "none")
                                    .timer()
                                    .count())
                            .isOne();
                });
    }

    /// A broker that gives what it gets to nobody, and refuses one topic.
    private static final class Unheard implements Transport {
        @Override
        public CompletableFuture<Void> send(Wire message) {
            return CompletableFuture.failedFuture(
                    message.topic().equals("ninguem") ? NotConfirmed.nobody("no queue") : new NotConfirmed("refused"));
        }

        @Override
        public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
            throw new UnsupportedOperationException("nobody listens here");
        }

        @Override
        public long lag(String group, String topic) {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Test
    void mostra_o_que_esta_a_caminho_e_o_que_falta() {
        application.run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            var producer = context.getBean(Producer.class);
            for (var i = 0; i < 3; i++) {
                producer.publish("t", "lento.um", "k", i);
            }
            await().atMost(LONG)
                    .until(() -> gauge(meters, "messaging.in.flight", "direction", "in", "group", "g") == 3);
            // It is asked for in the background.
            await().atMost(LONG).until(() -> gauge(meters, "messaging.lag", "group", "g", "topic", "t") == 3);
            context.getBean(Medido.class).go.countDown();
            await().atMost(LONG).until(() -> gauge(meters, "messaging.lag", "group", "g", "topic", "t") == 0);
            await().atMost(LONG)
                    .until(() -> gauge(meters, "messaging.in.flight", "direction", "in", "group", "g") == 0);
            assertThat(gauge(meters, "messaging.in.flight", "direction", "out")).isZero();
        });
    }

    @Test
    void mede_quanto_demora() {
        application.run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(Producer.class).publish("t", "certo.um", "k", 1);
            await().atMost(LONG).until(() -> consumed(meters, "certo.*", "handled") == 1);
            assertThat(meters.get("messaging.publish")
                            .tags("topic", "t", "error", "none")
                            .timer()
                            .count())
                    .isOne();
            assertThat(meters.get("messaging.handle")
                            .tags("group", "g", "event", "certo.*", "error", "none")
                            .timer()
                            .count())
                    .isOne();
        });
    }
}
