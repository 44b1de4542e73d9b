package mutirao.messaging.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Transport.Subscription;
import mutirao.messaging.internal.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [Transport] does, whatever is below it. Topics and groups are new in each test.
public abstract class TransportContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WINDOW = 20;

    private final String topic = "topico." + UUID.randomUUID();
    private final String group = "grupo-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();

    /// A new transport to the broker under test, as a process of its own would have.
    protected abstract Transport transport();

    private Transport opened() {
        var transport = transport();
        open.addFirst(transport);
        return transport;
    }

    private Inbox subscribe(Transport transport, String group, Predicate<Delivery> finish) {
        var inbox = new Inbox(finish);
        var subscription = transport.subscribe(group, Set.of(topic), WINDOW, inbox);
        open.addFirst(subscription);
        inbox.subscription = subscription;
        return inbox;
    }

    /// Publishes until somebody is there to get it: a group that is new to RabbitMQ gets only what comes after it.
    private void awaitReady(Transport sender, Inbox... inboxes) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
            try {
                sender.send(wire("aquecimento", "aquecimento")).get(30, SECONDS);
            } catch (Exception e) {
                return false;
            }
            return List.of(inboxes).stream().allMatch(inbox -> !inbox.all.isEmpty());
        });
    }

    private Wire wire(String key, String body) {
        return new Wire(
                topic,
                key,
                Map.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "type",
                        "teste.feito",
                        "specversion",
                        "1.0",
                        "source",
                        "teste"),
                Map.of("content-type", "application/json", "traceparent", "00-aa-bb-01"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private void send(Transport transport, int from, int to) {
        IntStream.range(from, to)
                .mapToObj(i -> transport.send(wire("chave-" + i % 5, Integer.toString(i))))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /// Keeps what it gets, and finishes at once what it is told to.
    private static final class Inbox implements Receiver {
        final ConcurrentLinkedQueue<Delivery> all = new ConcurrentLinkedQueue<>();
        private final Predicate<Delivery> finish;
        private Subscription subscription;

        Inbox(Predicate<Delivery> finish) {
            this.finish = finish;
        }

        @Override
        public void receive(Delivery delivery) {
            all.add(delivery);
            if (finish.test(delivery)) {
                delivery.done();
            }
        }

        @Override
        public void revoke(Object partition) {}

        List<Integer> numbers() {
            return all.stream()
                    .map(delivery -> new String(delivery.message().body(), StandardCharsets.UTF_8))
                    .filter(body -> !body.equals("aquecimento"))
                    .map(Integer::valueOf)
                    .toList();
        }
    }

    private static Set<Integer> upTo(int end) {
        return new HashSet<>(IntStream.range(0, end).boxed().toList());
    }

    private static void assertOrderPerKey(List<Integer> numbers) {
        for (var key = 0; key < 5; key++) {
            var k = key;
            assertThat(numbers.stream().filter(n -> n % 5 == k).distinct()).isSorted();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
    }

    @Test
    void o_que_chega_e_o_que_foi_enviado() {
        var transport = opened();
        var inbox = subscribe(transport, group, _ -> true);
        awaitReady(transport, inbox);
        var sent = new Wire(
                topic,
                "clé-çã",
                Map.of(
                        "id",
                        "a-1",
                        "type",
                        "coisa.acontecida",
                        "specversion",
                        "1.0",
                        "source",
                        "ação",
                        "subject",
                        "clé-çã"),
                Map.of("content-type", "application/json", "traceparent", "00-aa-bb-01"),
                "{\"a\":\"água\"}".getBytes(StandardCharsets.UTF_8));
        transport.send(sent).join();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(inbox.all)
                        .extracting(delivery -> delivery.message().attributes().get("id"))
                        .contains("a-1"));
        var got = inbox.all.stream()
                .map(Delivery::message)
                .filter(message -> "a-1".equals(message.attributes().get("id")))
                .findFirst()
                .orElseThrow();
        assertThat(got.topic()).isEqualTo(topic);
        assertThat(got.key()).isEqualTo(sent.key());
        assertThat(got.attributes()).isEqualTo(sent.attributes());
        assertThat(got.headers()).containsAllEntriesOf(sent.headers());
        assertThat(got.body()).isEqualTo(sent.body());
    }

    @Test
    void ordem_por_chave_e_cada_grupo_recebe_tudo() {
        var transport = opened();
        var one = subscribe(transport, group, _ -> true);
        var other = subscribe(transport, group + "-b", _ -> true);
        awaitReady(transport, one, other);
        send(transport, 0, 200);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(one.numbers()).hasSize(200);
            assertThat(other.numbers()).hasSize(200);
        });
        assertOrderPerKey(one.numbers());
        assertOrderPerKey(other.numbers());
    }

    @Test
    void o_mesmo_grupo_divide_e_quem_sai_deixa_aos_outros() {
        var first = opened();
        var one = subscribe(first, group, _ -> true);
        awaitReady(first, one);
        var two = subscribe(opened(), group, _ -> true);
        // Until both have a share.
        await().atMost(LONG).pollInterval(Duration.ofMillis(300)).until(() -> {
            for (var i = 0; i < 40; i++) {
                first.send(wire("x" + i, "aquecimento")).join();
            }
            return !two.all.isEmpty();
        });
        send(first, 0, 100);
        await().atMost(LONG).until(() -> one.numbers().size() + two.numbers().size() >= 100);
        two.subscription.stop();
        two.subscription.close();
        var before = two.all.size();
        send(first, 100, 200);
        await().atMost(LONG).untilAsserted(() -> {
            var both = new HashSet<>(one.numbers());
            both.addAll(two.numbers());
            assertThat(both).isEqualTo(upTo(200));
        });
        assertThat(two.all).hasSize(before);
    }

    @Test
    void o_que_nao_foi_terminado_vem_de_novo_em_ordem() {
        var sender = opened();
        var first = opened();
        var one = subscribe(
                first,
                group,
                delivery -> delivery.message().attributes().get("id").hashCode() % 2 == 0);
        awaitReady(sender, one);
        send(sender, 0, 10);
        await().atMost(LONG).until(() -> one.numbers().size() == 10);
        var done = one.all.stream()
                .filter(delivery -> delivery.message().attributes().get("id").hashCode() % 2 == 0)
                .map(delivery -> delivery.message().attributes().get("id"))
                .toList();
        one.subscription.stop();
        one.subscription.close();
        var two = subscribe(opened(), group, _ -> true);
        await().atMost(LONG).untilAsserted(() -> {
            var seen = new HashSet<>(two.numbers());
            one.all.stream()
                    .filter(delivery ->
                            done.contains(delivery.message().attributes().get("id")))
                    .map(delivery -> new String(delivery.message().body(), StandardCharsets.UTF_8))
                    .filter(body -> !body.equals("aquecimento"))
                    .map(Integer::valueOf)
                    .forEach(seen::add);
            assertThat(seen).isEqualTo(upTo(10));
        });
        assertOrderPerKey(two.numbers());
    }

    @Test
    void nao_se_toma_mais_do_que_a_janela_e_o_atraso_se_ve() {
        var transport = opened();
        var ready = subscribe(transport, group + "-b", _ -> true);
        var stuck = subscribe(
                transport,
                group,
                delivery -> new String(delivery.message().body(), StandardCharsets.UTF_8).equals("aquecimento"));
        awaitReady(transport, ready, stuck);
        IntStream.range(0, 500)
                .mapToObj(i -> transport.send(wire("mesma", Integer.toString(i))))
                .toList()
                .forEach(CompletableFuture::join);
        await().atMost(LONG).untilAsserted(() -> assertThat(ready.numbers()).hasSize(500));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(transport.lag(group, topic)).isGreaterThanOrEqualTo(500));
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(transport.lag(group + "-b", topic)).isZero());
        // Held back: the window, and as much again where a broker hands out batches.
        assertThat(stuck.numbers()).hasSizeLessThanOrEqualTo(2 * WINDOW);
    }
}
