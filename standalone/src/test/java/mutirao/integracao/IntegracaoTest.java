package mutirao.integracao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import mutirao.Api;
import mutirao.Aplicacao;
import mutirao.api.Actors;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.contract.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import vizinho.Vizinho;

/// Mutirão and another system over a real Redis: what each hears of the other, whoever dies in between.
@Aplicacao
@DirtiesContext
class IntegracaoTest {
    private static final Duration LONG = PACIENCIA;
    private static final RedisServer SERVER = new RedisServer();

    private final Vizinho vizinho = new Vizinho(SERVER.broker());

    @Autowired
    Api api;

    @DynamicPropertySource
    static void broker(DynamicPropertyRegistry registry) {
        registry.add("mutirao.messaging.broker", () -> "redis");
        registry.add("mutirao.messaging.redis.url", () -> SERVER.broker().address());
        registry.add("mutirao.messaging.confirm-timeout", () -> "2s");
    }

    @AfterEach
    void close() {
        vizinho.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void o_vizinho_ouve_o_que_acontece_em_ordem_e_sem_nada_pessoal() {
        var need = api.necessidade("Água mineral", 30).com(201).id();
        api.send("PATCH", "/api/necessidades/" + need, "{\"urgency\": \"CRITICA\"}")
                .com(200);
        api.post("/api/necessidades/" + need + "/cancelamento", "{\"reason\": \"a Dona Maria já tem\"}")
                .com(200);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(vizinho.ouviu(need))
                        .extracting(Message::name)
                        .containsExactly("necessidade.criada", "necessidade.atualizada", "necessidade.cancelada"));
        var told = vizinho.ouviu(need).getFirst();
        assertThat(told.topic()).isEqualTo("mutirao.necessidade");
        assertThat(told.data().at("/items/0/item").asString()).isEqualTo("Água mineral");
        assertThat(told.data().at("/location/latitude").asDouble()).isEqualTo(-29.98);
        assertThat(told.data().toString()).doesNotContain("Sarandi");
        assertThat(told.extensions())
                .containsEntry("organizationid", Actors.ORGANIZATION.toString())
                .containsEntry("aggregateversion", "0")
                .containsEntry("dataschema", "urn:mutirao:necessidade.criada:1");
        assertThat(vizinho.ouviu(need).toString()).doesNotContain("Maria");
        var audit = api.get("/api/auditoria/necessidade/" + need).com(200).json();
        assertThat(audit.at("/items/0/eventId").asString()).isEqualTo(told.id());
        assertThat(audit.at("/items/0/correlationId").asString()).isEqualTo(told.correlationId());
    }

    @Test
    void nada_se_perde_quando_o_corretor_morre_e_ninguem_espera_por_ele() {
        var before = api.necessidade("Cobertor", 1).com(201).id();
        await().atMost(LONG).until(() -> !vizinho.ouviu(before).isEmpty());
        SERVER.kill();
        List<UUID> needs;
        try {
            needs = IntStream.range(0, 20)
                    .mapToObj(i -> api.necessidade("Cobertor", i + 1).com(201).id())
                    .toList();
            needs.forEach(need -> api.post("/api/necessidades/" + need + "/cancelamento", "{\"reason\": \"x\"}")
                    .com(200));
        } finally {
            SERVER.start();
        }
        for (var need : needs) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(vizinho.ouviu(need).stream()
                                    .map(Message::id)
                                    .distinct())
                            .hasSize(2));
            assertThat(vizinho.ouviu(need).stream().map(Message::name).distinct())
                    .containsExactly("necessidade.criada", "necessidade.cancelada");
        }
        assertThat(api.get("/api/mensagens-mortas?source=reacao:integracao")
                        .com(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    private Message<Map<String, Object>> registrar(Object... more) {
        var need = new HashMap<String, Object>(Map.of(
                "category",
                "AGUA",
                "urgency",
                "ALTA",
                "location",
                Map.of("name", "Ginásio"),
                "items",
                List.of(Map.of("item", "Água", "quantity", 5, "unit", "galão"))));
        for (var i = 0; i < more.length; i += 2) {
            need.put((String) more[i], more[i + 1]);
        }
        return message("necessidade.registrar", need, Map.of());
    }

    private <T> Message<T> message(String name, T data, Map<String, String> extensions) {
        return new Message<>(
                "mutirao.entrada",
                UUID.randomUUID().toString(),
                name,
                "v",
                data,
                Instant.EPOCH,
                "sms",
                null,
                extensions);
    }

    private void send(Message<?> message) {
        NotConfirmed.await(vizinho.producer().send(message));
    }

    @Test
    void o_que_um_vizinho_pede_acontece_uma_vez() {
        var id = UUID.randomUUID();
        var asked = registrar("id", id);
        send(asked);
        send(asked);
        var need = api.ate("/api/necessidades/" + id, _ -> true);
        assertThat(need.get("version").asLong()).isZero();
        await().atMost(LONG).until(() -> !vizinho.ouviu(id).isEmpty());
        assertThat(vizinho.ouviu(id).getFirst().correlationId()).isEqualTo(asked.id());
        var audit = api.get("/api/auditoria/necessidade/" + id).com(200).json();
        assertThat(audit.at("/items/0/source").asString()).isEqualTo("consumer:mutirao-entrada");
        assertThat(audit.at("/items/0/userId").asString())
                .isEqualTo(Actors.system("consumer:mutirao-entrada").toString());
        // Another message, with the id of a need that is there.
        var again = registrar("id", id);
        send(again);
        recusada(again, "necessidade.recusada", "JA_EXISTE");
        assertThat(api.get("/api/auditoria/necessidade/" + id).com(200).json().get("items"))
                .hasSize(1);
    }

    private void recusada(Message<?> asked, String name, String rule) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(vizinho.ouviu())
                        .filteredOn(message -> asked.id().equals(message.correlationId()))
                        .singleElement()
                        .satisfies(refusal -> {
                            assertThat(refusal.name()).isEqualTo(name);
                            assertThat(refusal.data().get("rule").asString()).isEqualTo(rule);
                            assertThat(refusal.data().get("message").asString()).isEqualTo(asked.id());
                        }));
    }

    @Test
    void uma_recusa_volta_com_a_regra() {
        var unknown = message(
                "entrega.posicao", Map.of("id", UUID.randomUUID(), "latitude", -30.0, "longitude", -51.0), Map.of());
        send(unknown);
        recusada(unknown, "entrega.posicao-recusada", "NOT_FOUND");
        var foreign = message(
                "ticket.registrar",
                Map.of("title", "t", "description", "d", "category", "c", "priority", "ALTA"),
                Map.of("organizationid", UUID.randomUUID().toString()));
        send(foreign);
        recusada(foreign, "ticket.recusado", "ORGANIZACAO_DESCONHECIDA");
    }

    @Test
    void tudo_o_que_se_diz_e_se_ouve_esta_descrito() {
        var channels = api.get("/asyncapi").com(200).json().get("channels");
        assertThat(channels.findValuesAsString("address")) // beside those of the library's own tests
                .contains(
                        "mutirao.analytics",
                        "mutirao.entrada",
                        "mutirao.entrega",
                        "mutirao.necessidade",
                        "mutirao.oferta",
                        "mutirao.respostas",
                        "mutirao.ticket");
        assertThat(channels.toString()).contains("necessidade.recusada", "ticket.recusado", "entrega.posicao-recusada");
    }

    @Test
    void um_ticket_se_abre_e_uma_posicao_se_registra() {
        var id = UUID.randomUUID();
        send(message(
                "ticket.registrar",
                Map.of(
                        "id",
                        id,
                        "title",
                        "Sem luz",
                        "description",
                        "no abrigo",
                        "category",
                        "ABRIGO",
                        "priority",
                        "ALTA"),
                Map.of()));
        assertThat(api.ate("/api/tickets/" + id, _ -> true).get("title").asString())
                .isEqualTo("Sem luz");

        var need = api.necessidade("Água", 5).com(201).id();
        var offer = api.oferta("Água", 5).com(201).id();
        var delivery = api.entrega(offer, need, "Água", 5).com(201).id();
        api.entregaEm(delivery, "ATRIBUIDA");
        api.post("/api/entregas/" + delivery + "/aceite", null).com(200);
        api.entregaEm(delivery, "ACEITA");
        api.ate("/api/entregas/" + delivery, seen -> seen.toString().contains("\"CONFIRMAR\",\"state\":\"DONE\""));
        api.post("/api/entregas/" + delivery + "/inicio", "{}").com(200);
        send(message("entrega.posicao", Map.of("id", delivery, "latitude", -30.01, "longitude", -51.2), Map.of()));
        api.entregaEm(delivery, "EM_ROTA");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(vizinho.ouviu(delivery))
                        .extracting(Message::name)
                        .contains(
                                "entrega.solicitada",
                                "entrega.atribuida",
                                "entrega.aceita",
                                "entrega.iniciada",
                                "entrega.em-rota"));
    }

    @Test
    void o_invalido_espera_nas_mensagens_mortas_e_se_corrige() {
        var invalid = registrar("items", List.of());
        send(invalid);
        var source = "/api/mensagens-mortas?source=mensagem:mutirao-entrada";
        var letter = api.ate(source, page -> !page.get("items").isEmpty()).at("/items/0");
        var path = "/api/mensagens-mortas/" + letter.get("id").asString();
        assertThat(letter.get("type").asString()).isEqualTo("necessidade.registrar");
        assertThat(letter.get("kind").asString()).isEqualTo("MESSAGE");
        assertThat(letter.get("cause").asString()).contains("items");
        assertThat(letter.get("attempts").asInt()).isOne();
        assertThat(api.get(path).com(200).json().at("/payload/category").asString())
                .isEqualTo("AGUA");

        var sent = api.post(path + "/reprocessamento", null).com(202);
        assertThat(sent.header("Location")).isEqualTo(path);
        assertThat(sent.json().get("handled").asInt()).isZero();
        assertThat(sent.json().get("sent").asInt()).isOne();
        assertThat(api.ate(
                                sent.header("Location"),
                                again -> again.get("attempts").asInt() == 2)
                        .get("cause")
                        .asString())
                .contains("items");
        var all = api.post("/api/mensagens-mortas/reprocessamento", "{\"source\": \"mensagem:mutirao-entrada\"}")
                .com(202);
        assertThat(all.json().get("sent").asInt()).isOne();
        api.ate(all.header("Location"), page -> page.at("/items/0/attempts").asInt() == 3);

        var id = UUID.randomUUID();
        var corrected = api.post(path + "/correcao", """
                {"payload": {"id": "%s", "category": "AGUA", "urgency": "ALTA", "location": {"name": "G"},
                 "items": [{"item": "Água", "quantity": 5, "unit": "galão"}]}}""".formatted(id)).com(202);
        assertThat(corrected.header("Location")).isEqualTo(source.replace(":", "%3A"));
        api.ate("/api/necessidades/" + id, _ -> true);
        api.ate(source, page -> page.get("items").isEmpty());
        api.get(path).com(404);
        api.send("DELETE", path, null).com(404);
    }
}
