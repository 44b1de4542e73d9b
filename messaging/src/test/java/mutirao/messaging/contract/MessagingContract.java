package mutirao.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mutirao.messaging.Broker;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the library promises to applications, the same over every broker: whatever happens on the way, the effects
/// are those of a clean run, and what nobody can handle is in the dead letters.
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
public abstract class MessagingContract {
    static final String KEY = "chave-";
    static final Duration LONG = Duration.ofMinutes(3);

    final String topic = "topico." + UUID.randomUUID();
    final String group = "grupo-" + UUID.randomUUID();
    final String database = Postgres.fresh();
    final JdbcClient db = JdbcClient.create(Postgres.open(database));
    private final List<ConfigurableApplicationContext> apps = new ArrayList<>();

    /// The broker under test.
    protected abstract Broker broker();

    /// What applications are given beside the broker's address.
    protected void customize(SpringApplicationBuilder application) {}

    @BeforeEach
    void tables() {
        db.sql(Effects.TABLE).update();
        db.sql(Effects.TRIES).update();
        db.sql(Effects.READY).update();
    }

    @AfterEach
    void close() {
        apps.reversed().forEach(ConfigurableApplicationContext::close);
    }

    ConfigurableApplicationContext app(String group, String member, String... more) {
        var app = application(group, member, more);
        apps.add(app);
        awaitReady(app, group, member);
        return app;
    }

    ConfigurableApplicationContext application(String group, String member, String... more) {
        var builder = new SpringApplicationBuilder(Effects.class)
                .web(WebApplicationType.NONE)
                .properties(properties(group, member))
                .initializers(context -> context.getBeanFactory().registerSingleton("broker", broker()));
        customize(builder);
        var args = new ArrayList<String>();
        for (var property : more) {
            args.add("--" + property);
        }
        return builder.run(args.toArray(String[]::new));
    }

    Map<String, Object> properties(String group, String member) {
        var properties = new HashMap<String, Object>();
        properties.put("spring.application.name", "contrato");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.datasource.url", database);
        properties.put("spring.datasource.username", "postgres");
        properties.put("spring.datasource.hikari.maximum-pool-size", "12");
        properties.put("grupo", group);
        properties.put("topico", topic);
        properties.put("membro", member);
        return properties;
    }

    /// RabbitMQ gives a new group only what comes after it: wait until it is there.
    private void awaitReady(ConfigurableApplicationContext app, String group, String member) {
        if (member.equals("segundo")) {
            return; // shares what the first one's group gets already
        }
        var producer = app.getBean(Producer.class);
        await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(() -> {
            try {
                producer.publish(topic, "item.pronto", null, new Item(0, "pronto"));
            } catch (NotConfirmed e) {
                return false;
            }
            return Effects.ready(db, group);
        });
    }

    private boolean settled() {
        var before = effects();
        return await().pollDelay(Duration.ofMillis(300)).until(this::effects, _ -> true) == before;
    }

    private long effects() {
        return db.sql("select count(*) from effect").query(Long.class).single();
    }

    static Message<Item> item(Producer producer, String topic, @Nullable String key, int number, String name) {
        return producer.message(topic, "item.visto", key, new Item(number, name));
    }

    List<Message<Item>> items(Producer producer, int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> item(producer, topic, KEY + i % keys, i, "coisa"))
                .toList();
    }

    static void sendAll(Producer producer, List<? extends Message<?>> messages) {
        messages.stream().map(producer::send).toList().forEach(NotConfirmed::await);
    }

    void awaitEffects(String group, int count) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Effects.of(db, group)).hasSizeGreaterThanOrEqualTo(count));
    }

    void assertCleanRun(String group, List<Message<Item>> sent) {
        await().atMost(LONG).until(() -> effectOf(group, sent));
        // What only warms up has other keys, and may come whenever it likes.
        var effects = Effects.of(db, group).stream()
                .filter(effect -> effect.key() != null && effect.key().startsWith(KEY))
                .toList();
        assertThat(effects.stream().map(Effects.Effect::messageId))
                .as("each once, and nothing else")
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Message::id).toList());
        effects.stream()
                .map(Effects.Effect::key)
                .distinct()
                .forEach(key -> assertThat(effects.stream()
                                .filter(effect -> effect.key().equals(key))
                                .map(Effects.Effect::number))
                        .as("order of " + key)
                        .isSorted());
    }

    /// Other effects may come between, of what only warms up.
    private boolean effectOf(String group, List<Message<Item>> sent) {
        var seen = Effects.of(db, group).stream().map(Effects.Effect::messageId).collect(Collectors.toSet());
        return sent.stream().map(Message::id).allMatch(seen::contains);
    }

    @Test
    void a_ordem_de_cada_chave_vale_tambem_com_muitos_ao_mesmo_tempo() {
        var producer = app(group, "primeiro").getBean(Producer.class);
        var sent = items(producer, 400, 7);
        sendAll(producer, sent);
        awaitEffects(group, 400);
        assertCleanRun(group, sent);
    }

    @Test
    void um_grupo_divide_e_outro_recebe_copias() {
        var producer = app(group, "primeiro", "lento=5").getBean(Producer.class);
        app(group, "segundo", "lento=5");
        app(group + "-b", "terceiro");
        // Until the second one has its share.
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> {
            sendAll(
                    producer,
                    IntStream.range(0, 16)
                            .mapToObj(i -> item(producer, topic, "a" + i, 0, "aquece"))
                            .toList());
            return Effects.of(db, group).stream()
                    .anyMatch(effect -> effect.member().equals("segundo"));
        });
        await().atMost(LONG).until(this::settled);
        db.sql("delete from effect").update();
        var sent = items(producer, 400, 40);
        sendAll(producer, sent);
        awaitEffects(group, 400);
        awaitEffects(group + "-b", 400);
        assertCleanRun(group, sent);
        assertCleanRun(group + "-b", sent);
        assertThat(Effects.of(db, group).stream().map(Effects.Effect::member).distinct())
                .containsExactlyInAnyOrder("primeiro", "segundo");
    }

    @Test
    void cada_mensagem_tres_vezes_e_fora_de_ordem_tem_um_so_efeito() {
        var producer = app(group, "primeiro").getBean(Producer.class);
        var sent = IntStream.range(0, 150)
                .mapToObj(i -> item(producer, topic, "so-" + i, i, "coisa"))
                .toList();
        var seed = new Random().nextLong();
        var thrice = new ArrayList<Message<Item>>();
        for (var i = 0; i < 3; i++) {
            thrice.addAll(sent);
        }
        Collections.shuffle(thrice, new Random(seed));
        sendAll(producer, thrice);
        awaitEffects(group, 150);
        await().atMost(LONG).until(this::settled);
        assertThat(Effects.of(db, group).stream().map(Effects.Effect::messageId))
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Message::id).toList());
    }

    @Test
    void um_por_cento_de_veneno_vai_as_mortas_e_nao_atrasa_os_outros() {
        var app = app(group, "primeiro");
        var producer = app.getBean(Producer.class);
        var letters = app.getBean(DeadLetters.class);
        var good = items(producer, 396, 11);
        var poison = IntStream.range(0, 4)
                .mapToObj(i -> item(producer, topic, "veneno-" + i, i, "veneno"))
                .toList();
        var all = new ArrayList<Message<Item>>(poison);
        all.addAll(good);
        sendAll(producer, all);
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            var done = Effects.of(db, group).size();
            return done == 396 || letters.count(group) > 0 && done > 200;
        });
        awaitEffects(group, 396);
        assertCleanRun(group, good);
        await().atMost(LONG).until(() -> letters.count(group) == 4);
        assertThat(letters.list(group, null, null, 10)).allSatisfy(letter -> {
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.cause()).contains("veneno");
            assertThat(letter.exception()).isEqualTo(IllegalStateException.class.getName());
            assertThat(letter.stackHash()).hasSize(12);
            assertThat(letter.lastAt()).isAfter(letter.firstAt());
            assertThat(letter.message().topic()).isEqualTo(topic);
        });
        assertThat(letters.list(group, null, null, 10))
                .extracting(letter -> letter.message().id())
                .containsExactlyInAnyOrderElementsOf(
                        poison.stream().map(Message::id).toList());
    }

    @Test
    void as_da_mesma_chave_esperam_pela_que_se_tenta_de_novo() {
        var app = app(group, "primeiro");
        var producer = app.getBean(Producer.class);
        var poison = item(producer, topic, "k", 0, "veneno");
        var behind = item(producer, topic, "k", 1, "coisa");
        sendAll(producer, List.of(poison, behind));
        awaitEffects(group, 1);
        assertThat(tries(poison)).isEqualTo(3);
        await().atMost(LONG).until(() -> app.getBean(DeadLetters.class).count(group) == 1);
    }

    private long tries(Message<?> message) {
        return db.sql("select count(*) from try where message_id = ?")
                .param(message.id())
                .query(Long.class)
                .single();
    }

    @Test
    void a_invalida_vai_direto_as_mortas_com_o_que_lhe_falta() {
        var app = app(group, "primeiro");
        var producer = app.getBean(Producer.class);
        var letters = app.getBean(DeadLetters.class);
        var invalid = producer.message(topic, "item.visto", "k", Map.of("number", -1));
        var other = producer.message(topic, "item.visto", "k", Map.of("number", "muitos"));
        var refused = producer.message(topic, "item.recusado", "k", Map.of());
        sendAll(producer, List.of(invalid, other, refused));
        await().atMost(LONG).until(() -> letters.count(group) == 3);
        assertThat(tries(invalid)).isZero();
        assertThat(letters.list(group, null, null, 10))
                .allSatisfy(letter -> assertThat(letter.attempts()).isOne());
        assertThat(letters.list(group, null, null, 10))
                .filteredOn(letter -> letter.message().id().equals(invalid.id()))
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause()).contains("name").contains("number"));
    }

    @Test
    void uma_morta_se_tenta_de_novo_so_no_seu_grupo_e_se_corrige_e_se_descarta() {
        var app = app(group, "primeiro");
        app(group + "-b", "terceiro");
        var producer = app.getBean(Producer.class);
        var letters = app.getBean(DeadLetters.class);
        var poison = IntStream.range(0, 3)
                .mapToObj(i -> item(producer, topic, "v" + i, i, "veneno"))
                .toList();
        sendAll(producer, poison);
        await().atMost(LONG).until(() -> letters.count(group) == 3 && letters.count(group + "-b") == 3);
        var found = letters.list(group, null, null, 10);

        letters.retry(found.get(0).id());
        await().atMost(LONG)
                .until(() -> letters.find(found.get(0).id())
                        .filter(letter -> letter.attempts() == 6)
                        .isPresent());
        assertThat(letters.list(group + "-b", null, null, 10))
                .allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(3));

        letters.resend(found.get(1).id(), "{\"number\": 7, \"name\": \"curada\"}");
        awaitEffects(group, 1);
        assertThat(Effects.of(db, group)).extracting(Effects.Effect::number).containsExactly(7);
        assertThat(Effects.of(db, group + "-b")).isEmpty();

        assertThat(letters.discard(found.get(2).id())).isTrue();
        assertThat(letters.discard(found.get(2).id())).isFalse();
        assertThat(letters.list(group, null, null, 10))
                .extracting(letter -> letter.id())
                .containsExactly(found.get(0).id());
    }

    @Test
    void ao_parar_termina_o_que_roda_e_deixa_o_resto() {
        var first = app(group, "primeiro", "lento=400", "mutirao.messaging.concurrency=2");
        var producer = first.getBean(Producer.class);
        var sent = items(producer, 12, 12);
        sendAll(producer, sent);
        await().atMost(LONG).until(() -> triesBy("primeiro") >= 2);
        first.close();
        var done = Effects.of(db, group).size();
        assertThat((long) done)
                .as("what had begun was ended")
                .isEqualTo(triesBy("primeiro"))
                .isLessThan(12);
        app(group, "segundo");
        awaitEffects(group, 12);
        assertThat(Effects.of(db, group))
                .extracting(Effects.Effect::messageId)
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Message::id).toList());
    }

    long triesBy(String member) {
        return db.sql("select count(*) from try where member = ?")
                .param(member)
                .query(Long.class)
                .single();
    }

    @Test
    void um_consumidor_lento_nao_perde_nada_e_nao_toma_tudo() {
        var producer = app(
                        group, "primeiro", "lento=3", "mutirao.messaging.prefetch=5", "mutirao.messaging.concurrency=2")
                .getBean(Producer.class);
        var sent = items(producer, 500, 13);
        sendAll(producer, sent);
        awaitEffects(group, 500);
        assertCleanRun(group, sent);
    }

    @Test
    void o_formato_simples_tambem_se_escreve_e_se_le() {
        var producer = app(group, "primeiro", "mutirao.messaging.format=plain").getBean(Producer.class);
        var sent = items(producer, 20, 3);
        sendAll(producer, sent);
        awaitEffects(group, 20);
        assertCleanRun(group, sent);
    }

    /// The class path and properties of an application in a process of its own.
    Process process(String group, String member, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EffectsProcess.class.getName(),
                broker().kind().name(),
                broker().address()));
        properties(group, member).forEach((name, value) -> command.add("--" + name + "=" + value));
        for (var property : more) {
            command.add("--" + property);
        }
        var log = Files.createTempFile("consumidor", ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static CompletableFuture<Void> publishing(Producer producer, List<Message<Item>> messages) {
        return CompletableFuture.runAsync(
                () -> messages.forEach(message -> await().atMost(LONG)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> confirmed(producer, message))),
                Thread::startVirtualThread);
    }

    private static boolean confirmed(Producer producer, Message<Item> message) {
        try {
            NotConfirmed.await(producer.send(message));
            return true;
        } catch (NotConfirmed e) {
            return false; // again under the same id
        }
    }
}
