package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Aplicacao
class PareamentoHttpTest {
    private static final String SEMPRE = "\"from\": \"2020-01-01T00:00:00Z\", \"to\": \"2999-01-01T00:00:00Z\"";

    @Autowired
    Api api;

    String item;

    @BeforeEach
    void um_item_so_deste_teste() {
        item = "Colchão " + UUID.randomUUID();
    }

    @Test
    void sugere_o_que_serve_o_melhor_antes_e_diz_por_que() {
        var need = necessidade(item, 10);
        var longe = oferta(item, 20, -29.80, "2999-01-01T00:00:00Z");
        var perto = oferta(item.toUpperCase(Locale.ROOT).replace("Ã", "A"), 5, -29.97, "2999-01-01T00:00:00Z");
        oferta(item, 20, -28.0, "2999-01-01T00:00:00Z");
        oferta("outro " + item, 20, -29.98, "2999-01-01T00:00:00Z");
        var semLugar = api.post("/api/ofertas", """
                        {"category": "OUTRO", "items": [{"item": "%s", "quantity": 1, "unit": "un"}],
                         "location": {"name": "?"}, "availableUntil": "2999-01-01T00:00:00Z"}
                        """.formatted(item)).com(201);

        var path = "/api/necessidades/" + need + "/sugestoes?minPosition=" + semLugar.position();
        var found = api.get(path).com(200).json();
        assertThat(found.get("next").isNull()).isTrue();
        var list = found.get("items");
        assertThat(ids(list)).containsExactlyInAnyOrder(longe, perto, semLugar.id());
        assertThat(StreamSupport.stream(list.spliterator(), false)
                        .map(one -> one.get("score").asDouble()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        var one = of(list, perto);
        assertThat(one.get("distanceKm").asDouble()).isEqualTo(1.1);
        assertThat(one.get("expiresIn").asString()).startsWith("PT");
        var line = one.get("items").get(0);
        assertThat(line.get("item").asString()).isEqualTo(item);
        assertThat(line.get("quantity").asLong()).isEqualTo(5);
        assertThat(line.get("pending").asLong()).isEqualTo(10);
        assertThat(line.get("sameName").asBoolean()).isFalse();
        assertThat(of(list, longe).get("items").get(0).get("sameName").asBoolean())
                .isTrue();
        assertThat(of(list, semLugar.id()).get("distanceKm").isNull()).isTrue();
        assertThat(one.get("reasons")).hasSize(5);
        assertThat(StreamSupport.stream(one.get("reasons").spliterator(), false)
                        .mapToDouble(reason -> reason.get("contribution").asDouble())
                        .sum())
                .isCloseTo(one.get("score").asDouble(), org.assertj.core.data.Offset.offset(0.001));
        assertThat(one.get("reasons").get(0).get("text").asString()).isEqualTo("a 1,1 km, num raio de 50 km");

        assertThat(api.get(path + "&limit=1").json().get("items")).hasSize(1);
        assertThat(ids(api.get(path + "&radiusKm=2").json().get("items")))
                .containsExactlyInAnyOrder(perto, semLugar.id());
    }

    @Test
    void nao_sugere_nada_a_quem_ja_nao_precisa() {
        var need = necessidade(item, 10);
        var offer = oferta(item, 20, -29.98, "2999-01-01T00:00:00Z");
        var cancelada = api.post("/api/necessidades/" + need + "/cancelamento", "{\"reason\": \"x\"}")
                .com(200);
        assertThat(offer).isNotNull();
        var path = "/api/necessidades/" + need + "/sugestoes";
        assertThat(api.get(path + "?minPosition=" + cancelada.position())
                        .com(200)
                        .json()
                        .get("items"))
                .isEmpty();
        api.get("/api/necessidades/" + UUID.randomUUID() + "/sugestoes").com(404);
        api.get("/api/necessidades/1/sugestoes").com(400);
        for (var wrong : List.of("radiusKm=0", "radiusKm=NaN", "radiusKm=20041", "limit=0", "cursor=a", "sort=score")) {
            api.get(path + "?" + wrong).com(400);
        }
    }

    @Test
    void uma_simulacao_diz_quem_teria_sido_atendido() {
        var need = necessidade(item, 10);
        var offer = oferta(item, 20, -29.98, "2999-01-01T00:00:00Z");

        api.ate("/api/ofertas/" + offer, _ -> true); // so the record can be read up to it
        var made = api.post("/api/simulacoes", "{\"rule\": \"matching\", " + SEMPRE + "}")
                .com(200)
                .json();
        var streamed = api.post(
                "/api/simulacoes",
                "{\"rule\": \"matching\", \"parameters\": {\"radiusKm\": 1, \"weights\": {\"due\": 0}}, " + SEMPRE
                        + "}",
                "Accept",
                "application/x-ndjson");

        assertThat(made.get("parameters").toString())
                .isEqualTo(
                        "{\"radiusKm\":50.0,\"weights\":{\"distance\":4.0,\"urgency\":3.0,\"expiry\":2.0,\"due\":1.0,"
                                + "\"coverage\":2.0}}");
        var match = StreamSupport.stream(made.get("matches").spliterator(), false)
                .filter(one -> one.get("necessidadeId").asString().equals(need.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(Instant.parse(match.get("metAt").asString())).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(match.get("actuallyMetAt").isNull()).isTrue();
        assertThat(ids(match.get("offers"))).containsExactly(offer);

        var lines = streamed.com(200)
                .http()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(streamed.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.getFirst().has("progress")).isTrue();
        var parameters = lines.getLast().get("result").get("parameters");
        assertThat(parameters.get("radiusKm").asDouble()).isEqualTo(1);
        assertThat(parameters.get("weights").get("due").asDouble()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rule | \"rule\": \"matching\" | \"rule\": \"outra\"",
                "rule | \"rule\": \"matching\" | \"rule\": null",
                "from | \"from\": \"2020-01-01T00:00:00Z\", | ` `",
                "to | 2999-01-01T00:00:00Z | 2020-01-01T00:00:00Z",
                "to | 2999-01-01T00:00:00Z | amanhã",
                "surpresa | \"rule\" | \"surpresa\": 1, \"rule\"",
                "parameters.surpresa | \"rule\" | \"parameters\": {\"surpresa\": 1}, \"rule\"",
                "parameters.radiusKm | \"rule\" | \"parameters\": {\"radiusKm\": 0}, \"rule\"",
                "parameters.radiusKm | \"rule\" | \"parameters\": {\"radiusKm\": 20041}, \"rule\"",
                "parameters.radiusKm | \"rule\" | \"parameters\": {\"radiusKm\": 1e999}, \"rule\"",
                "parameters.radiusKm | \"rule\" | \"parameters\": {\"radiusKm\": \"NaN\"}, \"rule\"",
                "parameters.weights.due | \"rule\" | \"parameters\": {\"weights\": {\"due\": -1}}, \"rule\"",
                "parameters.weights.due | \"rule\" | \"parameters\": {\"weights\": {\"due\": 101}}, \"rule\"",
                "parameters.weights.due | \"rule\" | \"parameters\": {\"weights\": {\"due\": \"x\"}}, \"rule\"",
                "parameters.weights | \"rule\" | \"parameters\": {\"weights\": {\"distance\": 0, \"urgency\": 0,"
                        + " \"expiry\": 0, \"due\": 0, \"coverage\": 0}}, \"rule\"",
            })
    void pedidos_errados(String field, String old, String now) {
        var body = ("{\"rule\": \"matching\", " + SEMPRE + "}").replace(old, now);
        for (var accept : List.of("application/json", "application/x-ndjson")) {
            var answer = api.post("/api/simulacoes", body, "Accept", accept).com(400);
            assertThat(answer.json().get("errors").get(0).get("field").asString())
                    .isEqualTo(field);
        }
    }

    @Test
    void o_openapi_mostra_as_duas() {
        var paths = api.get("/v3/api-docs").com(200).json().get("paths");
        assertThat(paths.get("/api/necessidades/{id}/sugestoes").get("get").toString())
                .contains("radiusKm", "limit", "minPosition");
        var simulacoes = paths.get("/api/simulacoes").get("post");
        assertThat(simulacoes.get("responses").toString()).contains("x-ndjson", "Comparacao", "default");
        assertThat(simulacoes.toString()).doesNotContain("Idempotency-Key");
    }

    private UUID necessidade(String item, int quantity) {
        return api.post("/api/necessidades", """
                {"category": "ABRIGO", "items": [{"item": "%s", "quantity": %d, "unit": "un"}],
                 "location": {"name": "Abrigo Sarandi", "latitude": -29.98, "longitude": -51.12}, "urgency": "ALTA"}
                """.formatted(item, quantity))
                .com(201)
                .id();
    }

    private UUID oferta(String item, int quantity, double latitude, String until) {
        return api.post("/api/ofertas", """
                {"category": "OUTRO", "items": [{"item": "%s", "quantity": %d, "unit": "un"}],
                 "location": {"name": "Mercado", "latitude": %s, "longitude": -51.12}, "availableUntil": "%s"}
                """.formatted(item, quantity, latitude, until))
                .com(201)
                .id();
    }

    private static List<UUID> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> UUID.fromString(one.get("ofertaId").asString()))
                .toList();
    }

    private static JsonNode of(JsonNode list, UUID offer) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.get("ofertaId").asString().equals(offer.toString()))
                .findFirst()
                .orElseThrow();
    }
}
