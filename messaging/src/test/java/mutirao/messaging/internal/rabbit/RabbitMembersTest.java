package mutirao.messaging.internal.rabbit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import mutirao.messaging.contract.RabbitServer;
import mutirao.messaging.internal.NotSent;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Transport.Subscription;
import mutirao.messaging.internal.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RabbitMembersTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = "topico." + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();

    private static final class Member implements Receiver {
        final ConcurrentLinkedQueue<Delivery> got = new ConcurrentLinkedQueue<>();
        final Set<Object> revoked = ConcurrentHashMap.newKeySet();
        private final Consumer<Delivery> on;
        volatile boolean finishes = true;

        Member(Consumer<Delivery> on) {
            this.on = on;
        }

        @Override
        public void receive(Delivery delivery) {
            on.accept(delivery);
            got.add(delivery);
            if (finishes) {
                delivery.done();
            }
        }

        @Override
        public void revoke(Object partition) {
            revoked.add(partition);
        }

        List<String> bodies() {
            return got.stream().map(RabbitMembersTest::body).toList();
        }
    }

    private static String body(Delivery delivery) {
        return new String(delivery.message().body(), StandardCharsets.UTF_8);
    }

    private RabbitTransport transport(String url) {
        var transport = new RabbitTransport(url, "teste");
        open.addFirst(transport);
        return transport;
    }

    private Subscription subscribe(RabbitTransport transport, Member member) {
        var subscription = transport.subscribe("g", Set.of(topic), 50, member);
        open.addFirst(subscription);
        return subscription;
    }

    private Wire wire(String key, String body) {
        return new Wire(topic, key, Map.of("type", "coisa.feita"), Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /// One key for each partition.
    private static List<String> keys() {
        return IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> "k" + i)
                        .filter(key -> Partitions.of(key) == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /// How many partitions each of them has, as messages to all partitions show it, fewest first.
    private List<Integer> shares(RabbitTransport sender, List<Member> members) {
        var round = UUID.randomUUID().toString();
        keys().forEach(key ->
                sender.send(wire(key, round)).orTimeout(60, SECONDS).join());
        await().atMost(LONG)
                .until(() ->
                        members.stream().mapToInt(member -> seen(member, round)).sum() >= 8);
        return members.stream().map(member -> seen(member, round)).sorted().toList();
    }

    private static int seen(Member member, String round) {
        return (int) member.got.stream()
                .filter(delivery -> body(delivery).equals(round))
                .map(Delivery::partition)
                .distinct()
                .count();
    }

    @AfterEach
    void close() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
    }

    @Test
    void tres_membros_dividem_as_oito_particoes_por_igual() {
        var url = RabbitServer.shared().broker().address();
        var sender = transport(url);
        var members = new ArrayList<Member>();
        for (var i = 0; i < 3; i++) {
            var member = new Member(_ -> {});
            subscribe(transport(url), member);
            members.add(member);
        }
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> shares(sender, members).equals(List.of(2, 3, 3)));
    }

    @Test
    void quem_perde_a_conexao_perde_as_particoes_e_outro_recebe_em_ordem_o_que_faltava() throws Exception {
        var url = RabbitServer.shared().broker().address();
        var cable = new Cable(url);
        open.add(cable);
        var sender = transport(url);
        var first = new Member(_ -> {});
        var second = new Member(_ -> {});
        subscribe(transport(cable.url()), first);
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> shares(sender, List.of(first)).equals(List.of(8)));
        first.finishes = false;
        var before = first.got.size();
        var key = keys().getLast();
        for (var i = 0; i < 30; i++) {
            sender.send(wire(key, Integer.toString(i))).join();
        }
        await().atMost(LONG).until(() -> first.got.size() == before + 30);
        var unfinished = first.got.stream().skip(before).toList();
        unfinished.stream().limit(10).forEach(Delivery::done);
        await().atMost(LONG).until(() -> sender.lag("g", topic) == 0); // what is unfinished elsewhere is not seen
        subscribe(transport(url), second);
        cable.cut();
        await().atMost(LONG).until(() -> first.revoked.size() == Partitions.COUNT);
        unfinished.stream().skip(10).limit(5).forEach(Delivery::done); // in vain
        await().atMost(LONG).until(() -> second.bodies().contains("29"));
        assertThat(second.bodies().stream().filter(body -> body.length() < 3).map(Integer::valueOf))
                .isSorted()
                .containsAll(IntStream.range(10, 30).boxed().toList());
        first.finishes = true;
        cable.mend();
        await().atMost(LONG).until(() -> shares(sender, List.of(first, second)).equals(List.of(4, 4)));
    }

    @Test
    void o_que_nao_saiu_porque_a_conexao_ja_caiu_nao_conta_como_enviado() throws Exception {
        try (var cable = new Cable(RabbitServer.shared().broker().address())) {
            var sender = transport(cable.url());
            var member = new Member(_ -> {});
            subscribe(transport(RabbitServer.shared().broker().address()), member);
            awaitGot(sender, member);
            cable.cut();
            var underWay = 0;
            for (var i = 0; i < 500; i++) {
                var sent = sender.send(wire("k", "x"));
                assertThatThrownBy(() -> sent.get(60, SECONDS)).isInstanceOf(ExecutionException.class);
                underWay += sent.exceptionNow() instanceof NotSent ? 0 : 1;
            }
            assertThat(underWay)
                    .as("before the loss was known; what came later never left")
                    .isLessThan(2);
            cable.mend();
            await().atMost(LONG).until(sender::isReady);
        }
    }

    private void awaitGot(RabbitTransport sender, Member member) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
            sender.send(wire("k", "aquece")).exceptionally(_ -> null).get(60, SECONDS);
            return !member.got.isEmpty();
        });
    }

    @Test
    void servidor_morto_no_meio_do_fluxo_nao_perde_o_confirmado_nem_a_ordem() throws Exception {
        try (var server = new RabbitServer()) {
            var url = server.broker().address();
            var log = new ConcurrentLinkedQueue<String>();
            Consumer<Delivery> note = delivery -> log.add(delivery.message().key() + " " + body(delivery));
            var sender = transport(url);
            var members = List.of(new Member(note), new Member(note));
            members.forEach(member -> subscribe(transport(url), member));
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> shares(sender, members).equals(List.of(4, 4)));
            log.clear();
            var publishers = keys().stream()
                    .map(key -> CompletableFuture.runAsync(() -> publish(sender, key), Thread::startVirtualThread))
                    .toList();
            await().atMost(LONG).until(() -> log.size() > 2_000);
            server.kill();
            assertThat(sender.send(wire("a", "longe"))).failsWithin(LONG);
            assertThat(sender.lag("g", topic)).isEqualTo(-1);
            server.start();
            CompletableFuture.allOf(publishers.toArray(CompletableFuture<?>[]::new))
                    .join();
            var all = IntStream.range(0, 2_000).boxed().toList();
            for (var key : keys()) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(log.stream()
                                        .filter(line -> line.startsWith(key + " "))
                                        .map(line -> Integer.valueOf(line.substring(key.length() + 1)))
                                        .distinct())
                                .containsExactlyElementsOf(all));
            }
            await().atMost(LONG).until(() -> sender.lag("g", topic) == 0);
            close();
            open.clear();
        }
    }

    /// 2000 messages, 20 at a time, each again until it is confirmed.
    private void publish(RabbitTransport sender, String key) {
        for (var start = 0; start < 2_000; start += 20) {
            var missing =
                    new ArrayList<>(IntStream.range(start, start + 20).boxed().toList());
            await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).until(() -> {
                var sent = missing.stream()
                        .map(number -> sender.send(wire(key, number.toString())))
                        .toList();
                var confirmed = IntStream.range(0, sent.size())
                        .filter(i -> sent.get(i).handle((_, e) -> e == null).join())
                        .mapToObj(missing::get)
                        .toList();
                missing.removeAll(confirmed);
                return missing.isEmpty();
            });
        }
    }
}
