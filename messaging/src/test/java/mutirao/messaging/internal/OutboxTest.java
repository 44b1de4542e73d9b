package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.internal.memory.MemoryBroker;
import mutirao.messaging.internal.memory.MemoryTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CutUnnoticed transport = new CutUnnoticed(new MemoryTransport(new MemoryBroker()));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Outbox outbox =
            new Outbox(transport, new Meters(registry, ObservationRegistry.NOOP), 100, Duration.ofMinutes(2));
    private final ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();

    /// Memory behind a connection that may be lost without anybody having heard of it: it still takes itself for
    /// ready, and has nothing to write to.
    private static final class CutUnnoticed implements Transport {
        private final Transport behind;
        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean cut = true;

        CutUnnoticed(Transport behind) {
            this.behind = behind;
        }

        @Override
        public CompletableFuture<Void> send(Wire message) {
            if (!cut) {
                return behind.send(message);
            }
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(
                    message.topic().equals("recusado")
                            ? new NotConfirmed("not to this one")
                            : new NotSent("cut", null));
        }

        @Override
        public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
            return behind.subscribe(group, topics, window, receiver);
        }

        @Override
        public long lag(String group, String topic) {
            return behind.lag(group, topic);
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    private static Wire wire(String topic, int number) {
        return new Wire(topic, "k", Map.of("id", Integer.toString(number), "type", "coisa"), Map.of(), new byte[0]);
    }

    private void listen(String topic) {
        transport.subscribe("g", Set.of(topic), 100, new Transport.Receiver() {
            @Override
            public void receive(Transport.Delivery delivery) {
                got.add(String.valueOf(delivery.message().attributes().get("id")));
                delivery.done();
            }

            @Override
            public void revoke(Object partition) {}
        });
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void o_que_se_manda_antes_de_se_saber_da_queda_espera_e_segue_em_ordem() {
        listen("t");
        var sent =
                IntStream.range(0, 50).mapToObj(i -> outbox.send(wire("t", i))).toList();
        // It has found out more than once, and nobody else has.
        await().atMost(LONG).until(() -> transport.refused.get() > 2);
        assertThat(sent).noneMatch(CompletableFuture::isDone);
        transport.cut = false;
        sent.forEach(each -> assertThat(each).succeedsWithin(LONG));
        assertThat(outbox.send(wire("t", 50))).succeedsWithin(LONG);
        await().atMost(LONG).until(() -> got.size() == 51);
        assertThat(got)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 50).mapToObj(Integer::toString).toList());
        assertThat(registry.get("messaging.published")
                        .tags("event", "coisa", "outcome", "confirmed")
                        .counter()
                        .count())
                .isEqualTo(51);
        assertThat(registry.find("messaging.published").counters()).hasSize(1);
    }

    @Test
    void o_que_o_corretor_recusa_falha_logo_e_nao_segura_os_outros() {
        listen("t");
        assertThatThrownBy(() -> NotConfirmed.await(outbox.send(wire("recusado", 0))))
                .isInstanceOf(NotConfirmed.class)
                .hasMessageContaining("not to this one");
        transport.cut = false;
        assertThat(outbox.send(wire("t", 1))).succeedsWithin(LONG);
        await().atMost(LONG).until(() -> List.copyOf(got).equals(List.of("1")));
    }
}
