package mutirao.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mutirao.messaging.Broker;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.Producer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/// What holds beside [MessagingContract] where the broker is a server of its own: processes are killed, it is
/// killed.
public abstract class ServerContract extends MessagingContract {
    /// The server under test. Tests of one class may share it.
    protected abstract BrokerServer server();

    @Override
    protected Broker broker() {
        return server().broker();
    }

    @Test
    void um_consumidor_morto_no_meio_nao_perde_nem_repete() throws Exception {
        var producer = app(group + "-b", "terceiro").getBean(Producer.class);
        var process = process(group, "morto", "lento=30");
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
                if (confirmedSomething(producer)) {
                    return !Effects.of(db, group).isEmpty();
                }
                return false;
            });
            var sent = items(producer, 200, 9);
            var publishing = publishing(producer, sent);
            await().atMost(LONG).until(() -> effectsBut("aquece") > 20);
            process.destroyForcibly().waitFor();
            app(group, "segundo");
            publishing.get(5, TimeUnit.MINUTES);
            await().atMost(LONG).until(() -> effectsBut("aquece") >= 200);
            assertCleanRun(group, sent);
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean confirmedSomething(Producer producer) {
        return catchThrowable(() -> NotConfirmed.await(producer.send(item(producer, topic, "aquece", 0, "aquece"))))
                == null;
    }

    /// Without those of no key: a new group may get what was published before it, until the others were ready.
    private long effectsBut(String key) {
        return Effects.of(db, group).stream()
                .filter(effect -> effect.key() != null && !effect.key().equals(key))
                .count();
    }

    @Test
    void o_corretor_morto_no_meio_nao_perde_nada_nem_a_ordem() throws Exception {
        var app = app(group, "primeiro", "mutirao.messaging.confirm-timeout=5s");
        var producer = app.getBean(Producer.class);
        var poison = item(producer, topic, "v", 0, "veneno");
        NotConfirmed.await(producer.send(poison));
        var sent = items(producer, 300, 9);
        var publishing = publishing(producer, sent);
        await().atMost(LONG).until(() -> Effects.of(db, group).size() > 50);
        server().kill();
        try {
            assertThat(catchThrowable(
                            () -> NotConfirmed.await(producer.send(item(producer, topic, "x", 0, "perdida")))))
                    .isInstanceOf(NotConfirmed.class);
        } finally {
            server().start();
        }
        publishing.get(5, TimeUnit.MINUTES);
        await().atMost(LONG).until(() -> effectsBut("x") >= 300);
        await().atMost(LONG).until(() -> app.getBean(DeadLetters.class).count(group) == 1);
        assertCleanRun(group, sent);
    }

    @Test
    void o_que_se_publica_sem_corretor_espera_por_ele() throws Exception {
        var producer =
                app(group, "primeiro", "mutirao.messaging.confirm-timeout=60s").getBean(Producer.class);
        publishing(producer, List.of(item(producer, topic, "aquece", 0, "coisa")))
                .get(5, TimeUnit.MINUTES);
        var sent = items(producer, 30, 3);
        var lost = new AtomicInteger();
        CompletableFuture<Void> publishing;
        server().kill();
        try {
            publishing = CompletableFuture.runAsync(
                    () -> sent.forEach(message -> confirm(producer, message, lost)), Thread::startVirtualThread);
            await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> !publishing.isDone());
        } finally {
            server().start();
        }
        publishing.get(5, TimeUnit.MINUTES);
        assertThat(lost).as("those under way when it went").hasValueLessThan(3);
        awaitEffects(group, 31);
        assertCleanRun(group, sent);
    }

    private static void confirm(Producer producer, Message<Item> message, AtomicInteger lost) {
        while (true) {
            try {
                NotConfirmed.await(producer.send(message));
                return;
            } catch (NotConfirmed e) {
                lost.incrementAndGet();
            }
        }
    }

    @Test
    void sem_corretor_quem_publica_espera_em_vez_de_encher_a_memoria() throws Exception {
        var app = app(group, "primeiro", "mutirao.messaging.max-in-flight=50", "mutirao.messaging.confirm-timeout=2s");
        var producer = app.getBean(Producer.class);
        server().kill();
        try {
            var start = System.nanoTime();
            var most = new AtomicInteger();
            var publishers = IntStream.range(0, 4)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> publishUntilRefused(app, most)))
                    .toList();
            for (var each : publishers) {
                each.get(5, TimeUnit.MINUTES);
            }
            assertThat(most).as("unconfirmed at once").hasValueLessThanOrEqualTo(50);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("for more than 50 some of those before had to be given up")
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        } finally {
            server().start();
        }
        var after = item(producer, topic, "depois", 1, "coisa");
        publishing(producer, List.of(after)).get(5, TimeUnit.MINUTES);
        await().atMost(LONG)
                .until(() -> Effects.of(db, group).stream()
                        .anyMatch(effect -> effect.messageId().equals(after.id())));
    }

    /// Sixty at most, or until there was no room for one within the time.
    private void publishUntilRefused(ConfigurableApplicationContext app, AtomicInteger most) {
        var producer = app.getBean(Producer.class);
        var unconfirmed = app.getBean(MeterRegistry.class)
                .get("messaging.in.flight")
                .tag("direction", "out")
                .gauge();
        for (var i = 0; i < 60; i++) {
            try {
                var _ = producer.send(item(producer, topic, "k" + i, i, "coisa"));
            } catch (NotConfirmed e) {
                return;
            }
            most.accumulateAndGet((int) unconfirmed.value(), Math::max);
        }
    }
}
