package mutirao.messaging.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mutirao.messaging.contract.RedisServer;
import mutirao.messaging.internal.NotSent;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import mutirao.messaging.internal.Transport.Subscription;
import mutirao.messaging.internal.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisSpecificsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = "topico." + UUID.randomUUID();
    private final String group = "grupo-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RedisClient client =
            RedisClient.create(RedisServer.shared().broker().address());
    private final RedisCommands<String, String> redis = client.connect().sync();

    private RedisTransport transport(String url) {
        var transport = new RedisTransport(url, "teste");
        open.addFirst(transport);
        return transport;
    }

    private RedisTransport transport() {
        return transport(RedisServer.shared().broker().address());
    }

    private Subscription subscribe(Transport transport, int window, Receiver receiver) {
        var subscription = transport.subscribe(group, Set.of(topic), window, receiver);
        open.addFirst(subscription);
        return subscription;
    }

    @AfterEach
    void close() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    /// Keeps what it gets, and finishes what it is told to.
    private record Inbox(ConcurrentLinkedQueue<Delivery> all, Predicate<Delivery> finish) implements Receiver {
        Inbox(Predicate<Delivery> finish) {
            this(new ConcurrentLinkedQueue<>(), finish);
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

        List<String> bodies() {
            return all.stream().map(RedisSpecificsTest::body).toList();
        }
    }

    private static String body(Delivery delivery) {
        return new String(delivery.message().body(), UTF_8);
    }

    private Wire wire(String key, String body) {
        return new Wire(topic, key, Map.of("id", body, "type", "teste.feito"), Map.of(), body.getBytes(UTF_8));
    }

    @Test
    void le_o_que_um_vizinho_acrescenta_sem_saber_de_particoes() {
        var inbox = new Inbox(_ -> true);
        subscribe(transport(), 10, inbox);
        var data = redis.xadd(topic, Map.of("data", "{\"a\":1}", "key", "k", "Origem", "vizinho"));
        var message = redis.xadd(topic, Map.of("message", "{\"b\":2}"));
        var payload = redis.xadd(Names.stream(topic, 5), Map.of("payload", "{\"c\":3}", "h_data", "cabecalho"));
        await().atMost(LONG).until(() -> inbox.all.size() == 3);
        var byPlace = new HashMap<String, Wire>();
        inbox.all.forEach(delivery -> byPlace.put(delivery.place(), delivery.message()));
        assertThat(byPlace.keySet())
                .containsExactlyInAnyOrder(topic + "/" + data, topic + "/" + message, topic + ":5/" + payload);
        var first = byPlace.get(topic + "/" + data);
        assertThat(first.topic()).isEqualTo(topic);
        assertThat(first.key()).isEqualTo("k");
        assertThat(first.attributes()).isEmpty();
        assertThat(first.headers()).isEqualTo(Map.of("origem", "vizinho"));
        assertThat(byPlace.values().stream().map(wire -> new String(wire.body(), UTF_8)))
                .containsExactlyInAnyOrder("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
        assertThat(byPlace.get(topic + ":5/" + payload).headers()).isEqualTo(Map.of("data", "cabecalho"));
    }

    @Test
    void quem_morre_sem_avisar_e_sucedido_em_ordem() throws Exception {
        var sender = transport();
        var passage = new Passage(RedisServer.shared().port());
        open.add(passage);
        var dead = new Inbox(delivery -> Integer.parseInt(body(delivery)) % 3 == 0);
        subscribe(transport("redis://127.0.0.1:" + passage.port()), 50, dead);
        IntStream.range(0, 60)
                .mapToObj(i -> sender.send(wire("k" + i % 4, Integer.toString(i))))
                .toList()
                .forEach(CompletableFuture::join);
        await().atMost(LONG).until(() -> dead.all.size() == 60);
        await().atMost(LONG).until(() -> sender.lag(group, topic) == 40);
        var heir = new Inbox(_ -> true);
        passage.close();
        subscribe(transport(), 5, heir);
        sender.send(wire("k0", "60")).join();
        await().atMost(LONG).until(() -> heir.all.size() >= 41);
        await().atMost(LONG).until(() -> sender.lag(group, topic) == 0);
        assertThat(heir.bodies())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, 60)
                        .filter(i -> i % 3 != 0 || i == 60)
                        .mapToObj(Integer::toString)
                        .toList());
        assertOrderPerKey(heir, 4);
    }

    private static void assertOrderPerKey(Inbox inbox, int keys) {
        var numbers = inbox.bodies().stream().map(Integer::valueOf).distinct().toList();
        for (var key = 0; key < keys; key++) {
            var k = key;
            assertThat(numbers.stream().filter(n -> n % keys == k)).isSorted();
        }
    }

    @Test
    void uma_leitura_cuja_resposta_se_perdeu_chega_assim_mesmo() {
        var inbox = new Inbox(_ -> true);
        subscribe(transport(), 10, inbox);
        var stream = Names.stream(topic, 3);
        redis.xadd(stream, Map.of("data", "1"));
        await().atMost(LONG).until(() -> inbox.all.size() == 1);
        // As if it had gone to a member that lost its lease meanwhile: read by the group, not by whoever has the lease.
        var _ = redis.eval(
                "redis.call('XADD', KEYS[1], '*', 'data', '2') "
                        + "return redis.call('XREADGROUP', 'GROUP', ARGV[1], 'outro', 'STREAMS', KEYS[1], '>')",
                io.lettuce.core.ScriptOutputType.MULTI,
                new String[] {stream},
                group);
        await().atMost(LONG).until(() -> inbox.bodies().equals(List.of("1", "2")));
    }

    @Test
    void tres_membros_dividem_as_particoes() {
        var transports = IntStream.range(0, 3).mapToObj(_ -> transport()).toList();
        transports.forEach(transport -> subscribe(transport, 10, new Inbox(_ -> true)));
        await().atMost(LONG).untilAsserted(() -> {
            var shares = new HashMap<String, Integer>();
            for (var partition = 0; partition < Partitions.COUNT; partition++) {
                shares.merge(String.valueOf(redis.get(Names.lease(group, topic, partition))), 1, Integer::sum);
            }
            assertThat(shares.values()).containsExactlyInAnyOrder(3, 3, 2);
            assertThat(shares).doesNotContainKey("null");
        });
    }

    @Test
    void so_se_apara_o_que_todos_os_grupos_terminaram() {
        var transport = transport();
        var stream = Names.stream(topic, Partitions.of("k"));
        var connections = new Redis(RedisServer.shared().broker().address(), "teste");
        open.addFirst(connections);
        var line = connections.line("aparar");
        line.awaitTried(LONG);
        var streams = new Streams(connections, line);
        IntStream.range(0, 1000)
                .mapToObj(i -> transport.send(wire("k", Integer.toString(i))))
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(streams.trim(stream)).as("nobody reads it").isZero();
        // One group has not finished number 600, another has read nothing.
        streams.createGroups(group + "-b", topic);
        var inbox = new Inbox(delivery -> !body(delivery).equals("600"));
        subscribe(transport, 2000, inbox);
        await().atMost(LONG).until(() -> transport.lag(group, topic) == 1);
        assertThat(streams.trim(stream)).as("a group is at the beginning").isZero();
        redis.xgroupDestroy(stream, group + "-b");
        await().atMost(LONG).until(() -> redis.xlen(stream) < 1000);
        assertThat(redis.xlen(stream)).isBetween(400L, 500L);
        assertThat(redis.xrange(stream, io.lettuce.core.Range.unbounded(), io.lettuce.core.Limit.unlimited()).stream()
                        .map(entry -> entry.getBody().get("data")))
                .containsSubsequence(
                        IntStream.range(600, 1000).mapToObj(Integer::toString).toList());
        assertThat(transport.lag(group, topic)).isEqualTo(1);
        inbox.all.stream().filter(delivery -> body(delivery).equals("600")).forEach(Delivery::done);
        await().atMost(LONG).until(() -> redis.xlen(stream) <= 100);
    }

    @Test
    void um_servidor_esvaziado_recomeca() {
        var own = new RedisServer();
        open.add(own);
        var transport = transport(own.broker().address());
        var inbox = new Inbox(_ -> true);
        subscribe(transport, 10, inbox);
        transport.send(wire("k", "1")).join();
        await().atMost(LONG).until(() -> inbox.all.size() == 1);
        try (var other = RedisClient.create(own.broker().address())) {
            other.connect().sync().flushall();
        }
        transport.send(wire("k", "2")).join();
        await().atMost(LONG).until(() -> inbox.bodies().equals(List.of("1", "2")));
    }

    @Test
    void sem_servidor_publicar_falha_logo_e_depois_volta() throws Exception {
        var own = new RedisServer();
        open.add(own);
        var transport = transport(own.broker().address());
        transport.send(wire("k", "1")).join();
        own.kill();
        var underWay = 0;
        for (var i = 0; i < 10_000; i++) {
            var sent = transport.send(wire("k", "2"));
            assertThatThrownBy(() -> sent.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            underWay += sent.exceptionNow() instanceof NotSent ? 0 : 1;
        }
        assertThat(underWay)
                .as("before the loss was known; what came later never left")
                .isLessThan(2);
        assertThat(transport.lag(group, topic)).isEqualTo(-1);
        var never = transport(own.broker().address());
        own.start();
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> transport.send(wire("k", "3")).get(20, TimeUnit.SECONDS));
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> never.send(wire("k", "4")).get(20, TimeUnit.SECONDS));
    }

    @Test
    void um_servidor_que_ainda_le_o_seu_arquivo_nao_esta_pronto() throws Exception {
        // So many microseconds for each entry; it answers, and refuses, after every thousand or so.
        var own = new RedisServer("--key-load-delay", "100");
        open.add(own);
        var transport = transport(own.broker().address());
        IntStream.range(0, 40_000)
                .mapToObj(i -> transport.send(wire("k", Integer.toString(i))))
                .toList()
                .forEach(CompletableFuture::join);
        own.kill();
        await().atMost(LONG).until(() -> !transport.isReady());
        own.launch();
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(transport::isReady);
        assertThat(transport.send(wire("k", "4000"))).succeedsWithin(LONG);
    }

    @Test
    void um_servidor_morto_no_meio_nao_perde_o_confirmado_nem_a_ordem() throws Exception {
        var own = new RedisServer();
        open.add(own);
        var sender = transport(own.broker().address());
        var inbox = new Inbox(_ -> true);
        subscribe(transport(own.broker().address()), 20, inbox);
        subscribe(transport(own.broker().address()), 20, inbox);
        var publishers = IntStream.range(0, 4)
                .mapToObj(key -> CompletableFuture.runAsync(() -> publish(sender, key, 4, 3000)))
                .toList();
        for (var at = 1000; at <= 2000; at += 1000) {
            var reached = at;
            await().atMost(LONG).until(() -> inbox.all.size() > reached);
            own.kill();
            own.start();
        }
        for (var publisher : publishers) {
            publisher.get(60, TimeUnit.SECONDS);
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(new HashSet<>(inbox.bodies())).hasSize(3000));
        assertOrderPerKey(inbox, 4);
        await().atMost(LONG).until(() -> sender.lag(group, topic) == 0);
    }

    /// Each number of a key, again until it is confirmed, then the next.
    private void publish(Transport sender, int key, int keys, int end) {
        for (var number = key; number < end; number += keys) {
            var confirmed = false;
            while (!confirmed) {
                try {
                    sender.send(wire("k" + key, Integer.toString(number))).get(5, TimeUnit.SECONDS);
                    confirmed = true;
                } catch (ExecutionException | TimeoutException e) {
                    Thread.onSpinWait();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    @Test
    void os_campos_de_uma_mensagem_voltam_como_foram() {
        var headers = new LinkedHashMap<String, String>();
        List.of("key", "data", "ce_id", "h_x", "content-type").forEach(name -> headers.put(name, "de " + name));
        var sent = new Wire(topic, null, Map.of("id", "1", "type", "t"), headers, new byte[] {0, -1, 7});
        var got = Entries.read(topic, Entries.write(sent));
        assertThat(got.key()).isNull();
        assertThat(got.attributes()).isEqualTo(sent.attributes());
        assertThat(got.headers()).isEqualTo(sent.headers());
        assertThat(got.body()).isEqualTo(sent.body());
    }
}
