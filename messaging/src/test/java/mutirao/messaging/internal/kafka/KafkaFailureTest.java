package mutirao.messaging.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mutirao.messaging.contract.KafkaServer;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Subscription;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When messages, members and the broker do not behave.
class KafkaFailureTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int WINDOW = 20;

    private final String topic = "topico." + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private String address;

    private Transport opened() {
        var transport = new KafkaTransport(address, "teste", Map.of(), Duration.ofSeconds(30));
        open.addFirst(transport);
        return transport;
    }

    private Subscription subscribe(Transport transport, Inbox inbox) {
        var subscription = transport.subscribe("grupo-" + topic, Set.of(topic), WINDOW, inbox);
        open.addFirst(subscription);
        return subscription;
    }

    private Wire wire(String key, String body) {
        return new Wire(topic, key, Map.of("id", body), Map.of(), body.getBytes(UTF_8));
    }

    /// Keys that share the partition of the first.
    private static List<String> together(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "k" + i)
                .filter(key -> Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % 8 == 0)
                .limit(count)
                .toList();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        open.clear();
    }

    @Test
    void uma_mensagem_parada_nao_para_as_outras_da_particao_e_vem_de_novo() {
        address = KafkaServer.shared().broker().address();
        var transport = opened();
        var keys = together(10);
        transport.send(wire(keys.getFirst(), "parada")).join();
        IntStream.range(0, 300)
                .mapToObj(i -> transport.send(wire(keys.get(1 + i % 9), "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        var inbox = new Inbox(text -> !text.equals("parada"));
        var subscription = subscribe(transport, inbox);
        await().atMost(LONG).untilAsserted(() -> assertThat(inbox.all).hasSize(301));
        assertThat(inbox.all.stream().map(delivery -> delivery.partition()).distinct())
                .hasSize(1);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(transport.lag("grupo-" + topic, topic)).isEqualTo(301));
        // Nobody was turned out of the group meanwhile.
        assertThat(inbox.revoked).isEmpty();
        subscription.stop();
        subscription.close();
        var other = new Inbox(_ -> true);
        subscribe(opened(), other);
        await().atMost(LONG).untilAsserted(() -> assertThat(other.all).hasSize(301));
        assertThat(other.texts()).first().isEqualTo("parada");
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(transport.lag("grupo-" + topic, topic)).isZero());
    }

    @Test
    void o_que_termina_depois_de_parar_ainda_conta() {
        address = KafkaServer.shared().broker().address();
        var transport = opened();
        var inbox = new Inbox(_ -> false);
        var subscription = subscribe(transport, inbox);
        transport.send(wire("a", "1")).join();
        await().atMost(LONG).until(() -> inbox.all.size() == 1);
        subscription.stop();
        transport.send(wire("a", "2")).join();
        inbox.all.forEach(Delivery::done);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(transport.lag("grupo-" + topic, topic)).isEqualTo(1));
        subscription.close();
        var other = new Inbox(_ -> true);
        subscribe(opened(), other);
        await().atMost(LONG).until(() -> !other.all.isEmpty());
        assertThat(other.texts()).containsExactly("2");
        assertThat(inbox.all).hasSize(1);
    }

    @Test
    void quem_entra_espera_o_que_esta_em_curso() {
        address = KafkaServer.shared().broker().address();
        var transport = opened();
        var inbox = new Inbox(_ -> false) {
            @Override
            public void revoke(Object partition) {
                // What runs ends now: its effect must be committed before the partition goes.
                all.stream()
                        .filter(delivery -> delivery.partition().equals(partition))
                        .forEach(Delivery::done);
                super.revoke(partition);
            }
        };
        subscribe(transport, inbox);
        IntStream.range(0, 40)
                .mapToObj(i -> transport.send(wire("k" + i, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        await().atMost(LONG).until(() -> inbox.all.size() == 40);
        var other = new Inbox(_ -> true);
        subscribe(opened(), other);
        await().atMost(LONG).until(() -> !inbox.revoked.isEmpty());
        transport.send(wire("fim", "fim")).join();
        await().atMost(LONG)
                .until(() -> inbox.texts().contains("fim") || other.texts().contains("fim"));
        assertThat(other.texts())
                .doesNotContainAnyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void o_que_um_membro_morto_tinha_passa_a_outro() throws Exception {
        address = KafkaServer.shared().broker().address();
        var transport = opened();
        IntStream.range(0, 50)
                .mapToObj(i -> transport.send(wire("k" + i, "m" + i)))
                .toList()
                .forEach(CompletableFuture::join);
        var member = Member.start(address, "grupo-" + topic, topic);
        try {
            Member.awaitTaken(member);
        } finally {
            member.destroyForcibly().waitFor();
        }
        var inbox = new Inbox(_ -> true);
        subscribe(transport, inbox);
        await().atMost(LONG).untilAsserted(() -> assertThat(inbox.texts()).hasSizeGreaterThanOrEqualTo(50));
        assertThat(Set.copyOf(inbox.texts())).hasSize(50);
    }

    @Test
    void o_corretor_morre_no_meio_e_nada_se_perde() throws Exception {
        try (var server = new KafkaServer()) {
            address = server.broker().address();
            var transport = opened();
            var inbox = new Inbox(_ -> true);
            subscribe(transport, inbox);
            var sent = new LinkedHashMap<String, CompletableFuture<Void>>();
            for (var i = 0; i < 3000; i++) {
                var text = "m" + i;
                sent.put(text, transport.send(wire("k" + i % 20, text)));
                if (i == 1000) {
                    await().atMost(LONG).until(() -> inbox.all.size() > 100);
                    server.kill();
                } else if (i == 2000) {
                    server.start();
                }
            }
            sent.values()
                    .forEach(future -> assertThat(future.handle((_, e) -> e)).succeedsWithin(LONG));
            sent.forEach((text, future) -> {
                if (future.isCompletedExceptionally()) {
                    transport.send(wire("outra", text)).join();
                }
            });
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(Set.copyOf(inbox.texts())).hasSize(3000));
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(transport.lag("grupo-" + topic, topic)).isZero());
            assertOrder(sent, inbox.texts());
            closeAll();
        }
    }

    /// Per key, where nothing failed.
    private static void assertOrder(Map<String, CompletableFuture<Void>> sent, List<String> received) {
        var keys = 0;
        for (var key = 0; key < 20; key++) {
            var k = key;
            var ofKey = IntStream.range(0, 3000)
                    .filter(i -> i % 20 == k)
                    .mapToObj(i -> "m" + i)
                    .toList();
            if (ofKey.stream().noneMatch(text -> sent.get(text).isCompletedExceptionally())) {
                keys++;
                assertThat(received.stream().filter(ofKey::contains).distinct()).containsExactlyElementsOf(ofKey);
            }
        }
        assertThat(keys).isPositive();
    }

    @Test
    void sem_corretor_nada_bloqueia_e_tudo_falha_ou_espera() throws Exception {
        address = "127.0.0.1:1";
        var transport = opened();
        var future = transport.send(wire("a", "1"));
        var subscription = subscribe(transport, new Inbox(_ -> true));
        assertThat(future).isNotDone();
        assertThat(transport.lag("grupo", topic)).isEqualTo(-1);
        subscription.stop();
        closeAll();
        assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
                .isNotInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(transport.send(wire("a", "2"))).isCompletedExceptionally();
    }
}
