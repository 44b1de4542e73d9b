package mutirao.messaging.internal.rabbit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.contract.RabbitServer;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RabbitTopologyTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = "topico." + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Connection neighbour;

    @BeforeEach
    void connect() throws Exception {
        var client = new ConnectionFactory();
        client.setUri(RabbitServer.shared().broker().address());
        neighbour = client.newConnection("vizinho");
    }

    @AfterEach
    void close() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        neighbour.close();
    }

    private RabbitTransport transport() {
        var transport = new RabbitTransport(RabbitServer.shared().broker().address(), "teste");
        open.addFirst(transport);
        return transport;
    }

    private ConcurrentLinkedQueue<Delivery> subscribe(RabbitTransport transport, String group) {
        var got = new ConcurrentLinkedQueue<Delivery>();
        open.addFirst(transport.subscribe(group, Set.of(topic), 10, new Receiver() {
            @Override
            public void receive(Delivery delivery) {
                got.add(delivery);
                delivery.done();
            }

            @Override
            public void revoke(Object partition) {}
        }));
        return got;
    }

    private Wire wire(String key) {
        return new Wire(topic, key, Map.of("type", "coisa.feita"), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private int consumers(String group, int partition) throws Exception {
        try (var channel = neighbour.createChannel()) {
            return (int) channel.consumerCount(Topology.queue(group, topic, partition));
        }
    }

    private void awaitAllTaken(String group) {
        await().atMost(LONG).ignoreExceptions().until(() -> {
            for (var partition = 0; partition < Partitions.COUNT; partition++) {
                if (consumers(group, partition) != 1) {
                    return false;
                }
            }
            return true;
        });
    }

    @Test
    void o_que_ninguem_receberia_falha_em_voz_alta() {
        assertThatThrownBy(() -> transport().send(wire("a")).get(60, SECONDS))
                .cause()
                .isInstanceOf(NotConfirmed.class)
                .hasMessageContaining("no group has a queue")
                .hasMessageContaining(topic);
    }

    @Test
    void o_que_o_amqp_nao_comporta_e_recusado_e_o_resto_segue() {
        var transport = transport();
        var got = subscribe(transport, "g");
        awaitAllTaken("g");
        var tooLong = new Wire(topic, "a", Map.of("type", "x".repeat(300)), Map.of(), new byte[0]);
        var tooMuch = new Wire(topic, "a", Map.of("type", "x"), Map.of("h", "x".repeat(200_000)), new byte[0]);
        assertThatThrownBy(() -> transport.send(tooLong).get(60, SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> transport.send(tooMuch).get(60, SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        transport.send(wire("a")).join();
        await().atMost(LONG).until(() -> got.size() == 1);
    }

    @Test
    void mensagem_de_vizinho_com_chave_propria_chega_uma_vez_a_cada_grupo() throws Exception {
        var transport = transport();
        var one = subscribe(transport, "g");
        var other = subscribe(transport, "h");
        awaitAllTaken("g");
        awaitAllTaken("h");
        try (var channel = neighbour.createChannel()) {
            channel.confirmSelect();
            var properties = new BasicProperties.Builder()
                    .contentType("application/json")
                    .messageId("m-1")
                    .timestamp(Date.from(Instant.parse("2026-01-02T03:04:05Z")))
                    .headers(new HashMap<>(Map.of("X-Tenant", "norte", "n", 7, "list", List.of("a"))))
                    .build();
            channel.basicPublish(
                    topic, "inventory.stock.reserved", properties, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            var event = new BasicProperties.Builder()
                    .headers(Map.of("cloudEvents:type", "stock.reserved", "cloudEvents:subject", "s-1"))
                    .build();
            channel.basicPublish(topic, "p", event, new byte[0]);
            channel.waitForConfirmsOrDie(10_000);
        }
        // What comes after both shows that neither came twice.
        transport.send(wire(keyOfPartition0())).join();
        for (var got : List.of(one, other)) {
            await().atMost(LONG).until(() -> got.size() >= 3);
            var messages = got.stream().map(Delivery::message).toList();
            assertThat(messages).hasSize(3);
            var plain = messages.getFirst();
            assertThat(plain.topic()).isEqualTo(topic);
            assertThat(plain.key()).isNull();
            assertThat(plain.attributes()).isEmpty();
            assertThat(plain.headers())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "content-type", "application/json",
                            "message-id", "m-1",
                            "timestamp", "2026-01-02T03:04:05Z",
                            "x-tenant", "norte",
                            "n", "7"));
            assertThat(got.peek().place()).isEqualTo("m-1");
            assertThat(messages.get(1).attributes()).isEqualTo(Map.of("type", "stock.reserved", "subject", "s-1"));
            assertThat(messages.get(1).key()).isEqualTo("s-1");
            assertThat(messages.get(2).key()).isEqualTo(keyOfPartition0());
        }
    }

    private static String keyOfPartition0() {
        var i = 0;
        while (Partitions.of("k" + i) != 0) {
            i++;
        }
        return "k" + i;
    }
}
