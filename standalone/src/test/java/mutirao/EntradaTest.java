package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What every command and every list has in common, and every kind of wrong input.
@Aplicacao
class EntradaTest {
    private static final String BOA = """
            {"category": "AGUA", "items": [{"item": "a", "quantity": 1, "unit": "u"}], "location": {"name": "x"},
             "urgency": "ALTA"}
            """;

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    static Stream<Arguments> campos_errados() {
        return Stream.of(
                Arguments.of("category", trocar("\"AGUA\"", "\"VINHO\"")),
                Arguments.of("category", trocar("\"AGUA\"", "null")),
                Arguments.of("urgency", trocar("\"ALTA\"", "0")),
                Arguments.of("items", trocar("[{\"item\": \"a\", \"quantity\": 1, \"unit\": \"u\"}]", "\"x\"")),
                Arguments.of("items", trocar("[{\"item\": \"a\", \"quantity\": 1, \"unit\": \"u\"}]", "[]")),
                Arguments.of(
                        "items",
                        trocar(
                                "\"unit\": \"u\"}]",
                                "\"unit\": \"u\"}, {\"item\": \" A \", \"quantity\": 1, \"unit\": \"u\"}]")),
                Arguments.of("items[0].quantity", trocar("1", "-1")),
                Arguments.of("items[0].quantity", trocar("1", "0")),
                Arguments.of("items[0].quantity", trocar("1", "1.5")),
                Arguments.of("items[0].quantity", trocar("1", "\"1\"")),
                Arguments.of("items[0].quantity", trocar("1", "null")),
                Arguments.of("items[0].quantity", trocar("1", "1000000001")),
                Arguments.of("items[0].quantity", trocar("1", "9".repeat(40))),
                Arguments.of("items[0].quantity", trocar("\"quantity\": 1, ", "")),
                Arguments.of("items[0].item", trocar("\"a\"", "\"a\\u0000\"")),
                Arguments.of("items[0].item", trocar("\"a\"", "\"\\ud800\"")),
                Arguments.of("items[0].item", trocar("\"a\"", "\" \"")),
                Arguments.of("items[0].item", trocar("\"a\"", "\"\\u00a0\\u200b\"")),
                Arguments.of("items[0].item", trocar("\"a\"", "null")),
                Arguments.of("items[0].unidade", trocar("\"unit\"", "\"unidade\"")),
                Arguments.of("location.name", trocar("\"x\"", "\"\"")),
                Arguments.of("location.longitude", trocar("\"name\": \"x\"", "\"name\": \"x\", \"latitude\": 1")),
                Arguments.of(
                        "location.latitude",
                        trocar("\"name\": \"x\"", "\"name\": \"x\", \"latitude\": 91, \"longitude\": 1")),
                Arguments.of("neededUntil", trocar("\"ALTA\"", "\"ALTA\", \"neededUntil\": \"2020-01-01T00:00:00Z\"")),
                Arguments.of("neededUntil", trocar("\"ALTA\"", "\"ALTA\", \"neededUntil\": \"amanhã\"")),
                Arguments.of("neededUntil", trocar("\"ALTA\"", "\"ALTA\", \"neededUntil\": 1e300")),
                Arguments.of(
                        "neededUntil", trocar("\"ALTA\"", "\"ALTA\", \"neededUntil\": \"+99999-01-01T00:00:00Z\"")),
                Arguments.of("metadata", trocar("\"ALTA\"", "\"ALTA\", \"metadata\": {\"a\": null}")),
                Arguments.of("metadata", trocar("\"ALTA\"", "\"ALTA\", \"metadata\": {\"a\\u0000\": \"x\"}")),
                Arguments.of("id", trocar("\"ALTA\"", "\"ALTA\", \"id\": \"1\"")),
                Arguments.of("surpresa", trocar("\"ALTA\"", "\"ALTA\", \"surpresa\": 1")));
    }

    private static String trocar(String old, String now) {
        assertThat(BOA).contains(old);
        return BOA.replace(old, now);
    }

    @ParameterizedTest
    @MethodSource
    void campos_errados(String field, String body) {
        var answer = api.post("/api/necessidades", body).com(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("INVALID");
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
        assertThat(answer.http().body()).doesNotContain("Exception", "mutirao.", "java.");
    }

    private static List<String> campos(Api.Resposta answer) {
        return answer.com(400)
                .json()
                .get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }

    @Test
    void todos_os_campos_errados_sao_ditos_de_uma_vez() {
        var answer = api.post("/api/necessidades", """
                {"category": "VINHO", "urgency": 7, "surpresa": 1, "neededUntil": "amanhã", "public": "sim",
                 "items": [{"item": "a", "quantity": "1", "unit": " "},
                           {"item": "b\\u0000", "quantity": 0, "unit": "u", "cor": "x"},
                           {"unit": "u"}],
                 "location": {"name": "", "latitude": 91, "longitude": "x"}, "metadata": {"a": null}}
                """);

        assertThat(campos(answer))
                .containsExactlyInAnyOrder(
                        "surpresa",
                        "category",
                        "items[0].quantity",
                        "items[0].unit",
                        "items[1].cor",
                        "items[1].item",
                        "items[1].quantity",
                        "items[2].item",
                        "items[2].quantity",
                        "location.name",
                        "location.latitude",
                        "location.longitude",
                        "urgency",
                        "neededUntil",
                        "metadata",
                        "public");
        assertThat(answer.http().body()).contains("um de [BAIXA, MEDIA, ALTA, CRITICA]", "campo desconhecido");
    }

    @Test
    void tambem_os_de_um_patch_e_os_de_uma_linha_importada() {
        var path = "/api/necessidades/" + UUID.randomUUID();
        assertThat(campos(api.send("PATCH", path, """
                        {"urgency": "x", "surpresa": 1, "items": [{"item": "a"}], "location": {"latitude": "x"}}
                        """)))
                .containsExactlyInAnyOrder(
                        "surpresa", "urgency", "items[0].quantity", "items[0].unit", "location.latitude");

        var line = api.post("/api/importacoes/necessidades", """
                        {"externalId": "1", "category": "VINHO", "items": "x", "location": {"name": "x"}, "urgency": 1}
                        """, "Content-Type", "application/x-ndjson")
                .com(200)
                .json();
        assertThat(line.get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .containsExactlyInAnyOrder("category", "items", "urgency");
    }

    @Test
    void um_corpo_cheio_de_erros_diz_so_os_primeiros() {
        var body = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) {
            body.append("\"campo").append(i).append("\": 1, ");
        }
        assertThat(campos(api.post(
                        "/api/necessidades", body.append("\"urgency\": 1}").toString())))
                .hasSizeBetween(100, 120);
    }

    @Test
    void todos_os_parametros_errados_sao_ditos_de_uma_vez() {
        assertThat(campos(
                        api.get("/api/ofertas?status=X&category=Y&providerId=1&availableAt=ontem&q=a&near=1&radiusKm=-1"
                                + "&limit=0")))
                .containsExactly("status", "category", "providerId", "availableAt", "radiusKm", "near", "limit");
        assertThat(campos(api.get("/api/auditoria?aggregateId=1&userId=2&from=x&to=+9&limit=0")))
                .containsExactlyInAnyOrder("aggregateId", "userId", "from", "to", "limit");
        assertThat(campos(api.get("/api/auditoria/necessidade/1/estado?version=x&at=y")))
                .containsExactly("aggregateId", "version", "at");
    }

    @ParameterizedTest
    @MethodSource("corpos")
    void corpos_errados(int status, String body) {
        var answer = api.post("/api/necessidades", body).com(status);
        assertThat(answer.code()).isNotEmpty();
        assertThat(answer.json().get("traceId").asString()).isNotEmpty();
    }

    static Stream<Arguments> corpos() {
        return Stream.of(
                Arguments.of(400, "{\"category\":"),
                Arguments.of(400, ""),
                Arguments.of(400, "null"),
                Arguments.of(400, "[]"),
                Arguments.of(400, "{} {}"),
                Arguments.of(400, trocar("\"ALTA\"", "\"ALTA\", \"urgency\": \"ALTA\"")),
                Arguments.of(400, "[".repeat(100_000)),
                Arguments.of(400, "{\"metadata\":".repeat(2000) + "1" + "}".repeat(2000)),
                Arguments.of(413, " ".repeat(2_000_000)));
    }

    @ParameterizedTest
    @MethodSource("leituras")
    void leituras_erradas(int status, String path) {
        assertThat(api.get(path).com(status).code()).isNotEmpty();
    }

    static Stream<Arguments> leituras() {
        return Stream.of(
                Arguments.of(404, "/api/necessidades/" + UUID.randomUUID()),
                Arguments.of(404, "/api/nada"),
                Arguments.of(404, "/api/auditoria/necessidade/" + UUID.randomUUID()),
                Arguments.of(404, "/api/mensagens-mortas/" + UUID.randomUUID()),
                Arguments.of(404, "/api/projecoes/nada/reconstrucao"),
                Arguments.of(400, "/api/necessidades/1"),
                Arguments.of(400, "/api/necessidades?status=TALVEZ"),
                Arguments.of(400, "/api/necessidades?limit=0"),
                Arguments.of(400, "/api/necessidades?limit=201"),
                Arguments.of(400, "/api/necessidades?cursor=abc"),
                Arguments.of(400, "/api/necessidades?sort=senha"),
                Arguments.of(400, "/api/necessidades?near=1"),
                Arguments.of(400, "/api/necessidades?near=NaN,1"),
                Arguments.of(400, "/api/necessidades?near=91,1"),
                Arguments.of(400, "/api/necessidades?radiusKm=1"),
                Arguments.of(400, "/api/necessidades?near=1,1&radiusKm=-1"),
                Arguments.of(400, "/api/necessidades?q=%00"),
                Arguments.of(400, "/api/necessidades?q=%ff%fe"),
                Arguments.of(400, "/api/necessidades?minPosition=logo"),
                Arguments.of(400, "/api/ofertas?availableAt=ontem"),
                Arguments.of(400, "/api/auditoria?from=ontem"),
                Arguments.of(400, "/api/auditoria?cursor=abc"),
                Arguments.of(400, "/api/mensagens-mortas?cursor=abc"));
    }

    @Test
    void metodo_e_formato_que_nao_ha() {
        api.send("PUT", "/api/necessidades", "{}").com(405);
        api.post("/api/necessidades", BOA, "Content-Type", "text/plain").com(415);
        api.get("/api/necessidades", "Accept", "text/csv").com(406);
        api.post("/api/necessidades", BOA, "If-Match", "3").com(400);
        api.post("/api/necessidades", BOA, "Idempotency-Key", "com espaço").com(400);
        api.post("/api/necessidades", BOA, "Idempotency-Key", "x".repeat(201)).com(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/xml",
                "application/cbor",
                "*/*",
                "application/*",
                "application/*+json",
                "*; q=1"
            })
    void so_json_e_lido(String type) {
        var body = """
                category: AGUA
                urgency: ALTA
                location: {name: x}
                surpresa: 1
                items: [{item: agua, quantity: 1.9, unit: l}]
                neededUntil: "+999999999-12-31T23:59:59Z"
                """;

        assertThat(api.post("/api/necessidades", body, "Content-Type", type)
                        .com(415)
                        .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(api.get("/api/necessidades", "Accept", "application/yaml")
                        .com(406)
                        .code())
                .isEqualTo("NOT_ACCEPTABLE");
    }

    @Test
    void a_pagina_de_erros_nao_e_um_erro_e_o_que_os_filtros_recusam_e_um_problema() {
        assertThat(api.get("/error").com(404).code()).isEqualTo("NOT_FOUND");
        assertThat(api.semToken().get("/error").com(404).code()).isEqualTo("NOT_FOUND");

        var refused = api.semToken().post("/entrar", "login=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(refused.com(403).code()).isEqualTo("FORBIDDEN");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(api.get("/api//necessidades").com(400).header("X-Content-Type-Options"))
                .isEqualTo("nosniff");
    }

    @Test
    void um_endereco_escrito_de_outro_jeito_nao_escapa_de_nada() {
        var key = UUID.randomUUID().toString();
        var first = api.post("/%61pi/necessidades", BOA, "Idempotency-Key", key).com(201);
        assertThat(api.post("/%61pi/necessidades", BOA, "Idempotency-Key", key)
                        .com(201)
                        .id())
                .isEqualTo(first.id());
        api.post("/%61pi/necessidades", " ".repeat(2_000_000)).com(413);
    }

    @Test
    void um_patch_e_validado_como_uma_criacao() {
        var path = "/api/necessidades/" + api.necessidade("patch", 1).com(201).id();
        for (var wrong : List.of(
                "{\"location\": {\"latitude\": 999, \"longitude\": 1}}",
                "{\"location\": {\"latitude\": 1}}",
                "{\"location\": {\"name\": \" \"}}",
                "{\"location\": {\"name\": \"\\u00a0\\u200b\"}}",
                "{\"location\": null}",
                "{\"urgency\": null}",
                "{\"items\": []}",
                "{}",
                "[]",
                "{\"metadata\":".repeat(2000) + "1" + "}".repeat(2000))) {
            api.send("PATCH", path, wrong).com(400);
        }
    }

    @Test
    void um_id_ja_usado_e_recusado() {
        var body = trocar("\"ALTA\"", "\"ALTA\", \"id\": \"%s\"".formatted(UUID.randomUUID()));
        var first = api.post("/api/necessidades", body).com(201);
        assertThat(first.header("Location")).isEqualTo("/api/necessidades/" + first.id());
        assertThat(first.header("ETag")).isEqualTo("\"0\"");
        assertThat(api.post("/api/necessidades", body).com(409).code()).isEqualTo("JA_EXISTE");
    }

    @Test
    void a_mesma_chave_da_a_mesma_resposta_e_um_so_efeito() {
        var key = UUID.randomUUID().toString();
        var outro = api.como(UUID.randomUUID());
        var first = outro.necessidade("chave", 1, "Idempotency-Key", key).com(201);
        api.post("/api/necessidades/" + first.id() + "/cancelamento", "{\"reason\": \"x\"}")
                .com(200);
        var again = outro.necessidade("chave", 1, "Idempotency-Key", key).com(201);
        assertThat(again.http().body()).isEqualTo(first.http().body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(outro.necessidade("outra", 1, "Idempotency-Key", key)
                        .com(422)
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        var other = api.necessidade("chave", 1, "Idempotency-Key", key).com(201);
        assertThat(other.id()).as("another caller's key").isNotEqualTo(first.id());
    }

    @Test
    void a_mesma_chave_da_mesma_pessoa_em_outra_organizacao_nao_conta_o_que_esta_respondeu() {
        var key = UUID.randomUUID().toString();
        var quem = Quem.TODOS.com(UUID.randomUUID());
        var first =
                api.como(quem).necessidade("chave", 1, "Idempotency-Key", key).com(201);
        var other = api.como(quem.em(UUID.randomUUID())).necessidade("chave", 1, "Idempotency-Key", key);
        assertThat(other.com(422).code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(other.http().body()).doesNotContain(first.id().toString());
    }

    @Test
    void a_mesma_chave_ao_mesmo_tempo_tem_um_so_efeito() {
        var key = UUID.randomUUID().toString();
        var answers = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> api.necessidade("corrida", 1, "Idempotency-Key", key), THREADS))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).hasSize(16).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(Api.Resposta::id)
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409).map(Api.Resposta::code))
                .allMatch("IDEMPOTENCY_KEY_IN_USE"::equals);
    }

    @Test
    void uma_versao_velha_nao_muda_nada() {
        var id = api.necessidade("versao", 5).com(201).id();
        var path = "/api/necessidades/" + id;
        api.send("PATCH", path, "{\"urgency\": \"BAIXA\"}", "If-Match", "\"0\"").com(200);
        assertThat(api.send("PATCH", path, "{\"urgency\": \"CRITICA\"}", "If-Match", "\"0\"")
                        .com(412)
                        .code())
                .isEqualTo("VERSION_CONFLICT");
        api.post(path + "/cancelamento", "{\"reason\": \"x\"}", "If-Match", "\"1\"")
                .com(200);
        assertThat(api.post(path + "/cancelamento", "{\"reason\": \"x\"}")
                        .com(409)
                        .code())
                .isEqualTo("NECESSIDADE_CANCELADA");
    }

    @Test
    void quem_escreveu_le_o_que_escreveu() {
        var written = api.necessidade("espera", 1).com(201);
        var read = api.get("/api/necessidades/" + written.id() + "?minPosition=" + written.position())
                .com(200);
        assertThat(read.json().get("version").asLong()).isZero();
        api.get("/api/auditoria/necessidade/" + written.id(), "X-Min-Position", "" + written.position())
                .com(200);
    }

    @Test
    void o_que_nenhum_evento_pode_ter_e_recusado_e_o_que_um_pode_ter_e_esperado() {
        for (var wrong : List.of("-1", "9".repeat(18), "9".repeat(19), "1.5", "")) {
            var refused = api.get("/api/necessidades?minPosition=" + wrong).com(400);
            assertThat(refused.json().get("errors").get(0).get("field").asString())
                    .isEqualTo("minPosition");
        }
        api.get("/api/necessidades", "X-Min-Position", "9".repeat(18)).com(400);

        var drawn = db.sql("select nextval('domain_event_global_index_seq')")
                .query(Long.class)
                .single();
        var late = api.get("/api/necessidades?minPosition=" + drawn).com(503);
        assertThat(late.code()).as("somebody may be about to commit it").isEqualTo("POSITION_NOT_REACHED");
        assertThat(late.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void as_paginas_nao_repetem_nem_pulam_enquanto_outros_escrevem() {
        var quem = UUID.randomUUID();
        var esperados = new HashSet<UUID>();
        var last = 0L;
        for (int i = 0; i < 7; i++) {
            var made = api.como(quem).necessidade("página", i + 1).com(201);
            esperados.add(made.id());
            last = made.position();
        }
        for (var sort : List.of("createdAt", "-createdAt", "urgency", "-neededUntil", "updatedAt")) {
            var vistos = new ArrayList<UUID>();
            var base = "/api/necessidades?limit=2&sort=" + sort + "&creatorId=" + quem + "&minPosition=" + last;
            var page = api.get(base).com(200).json();
            while (true) {
                page.get("items")
                        .forEach(item ->
                                vistos.add(UUID.fromString(item.get("id").asString())));
                if (page.get("next").isNull()) {
                    break;
                }
                api.necessidade("outra", 1).com(201);
                page = api.get(base + "&cursor=" + page.get("next").asString())
                        .com(200)
                        .json();
            }
            assertThat(vistos).as(sort).hasSize(7).containsExactlyInAnyOrderElementsOf(esperados);
        }
    }

    @Test
    void perto_quer_dizer_na_distancia_certa() {
        var quem = UUID.randomUUID();
        var made = api.como(quem).necessidade("perto", 1).com(201);
        var base = "/api/necessidades?creatorId=" + quem + "&minPosition=" + made.position();
        // The cathedral of Porto Alegre is 12.9 km from the shelter at -29.98,-51.12.
        assertThat(api.get(base + "&near=-30.0337,-51.2300&radiusKm=12").json().get("items"))
                .isEmpty();
        assertThat(api.get(base + "&near=-30.0337,-51.2300&radiusKm=13").json().get("items"))
                .hasSize(1);
        assertThat(api.get(base + "&q=SARANDI%20pert").json().get("items")).hasSize(1);
        assertThat(api.get(base + "&q=100%25").json().get("items")).isEmpty();
    }

    @Test
    void o_openapi_diz_o_mesmo_que_o_programa() {
        var paths = api.get("/v3/api-docs").com(200).json().get("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/necessidades",
                        "/api/necessidades/{id}/cancelamento",
                        "/api/ofertas/{id}/reservas/{reservaId}",
                        "/api/entregas/{id}/codigo/renovacao",
                        "/api/tickets/{id}/prioridade",
                        "/api/auditoria/{aggregateType}/{aggregateId}",
                        "/api/projecoes/{name}/reconstrucao",
                        "/api/mensagens-mortas/{id}/reprocessamento");
        assertThat(paths.at("/~1api~1mensagens-mortas~1{id}~1reprocessamento/post/responses")
                        .propertyNames())
                .contains("200", "202");
        var create = paths.get("/api/necessidades").get("post");
        assertThat(create.get("parameters").toString()).contains("Idempotency-Key", "If-Match");
        assertThat(create.get("responses").propertyNames()).contains("201", "default");
        assertThat(paths.get("/api/necessidades/{id}")
                        .get("patch")
                        .get("requestBody")
                        .toString())
                .contains("application/merge-patch+json", "urgency");
    }
}
