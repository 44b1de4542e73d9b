package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What whoever passes by sees of needs, and what another organization does not.
@Aplicacao
class NecessidadePublicaHttpTest {
    private static final String PUBLICAS = "/api/publico/necessidades?limit=200";

    @Autowired
    Api api;

    @Test
    void quem_passa_ve_a_que_e_publica_e_nada_de_quem_pediu() {
        var criada = api.post("/api/necessidades", """
                        {"category": "AGUA", "items": [{"item": "Água", "quantity": 7, "unit": "litro"}], "urgency": "ALTA",
                         "location": {"name": "Rua das Hortênsias 12", "latitude": -29.98765, "longitude": -51.12345},
                         "metadata": {"contato": "Joana"}, "public": true}
                        """).com(201);
        assertThat(criada.json().get("version").asInt()).isEqualTo(1);
        var resposta = api.semToken()
                .get(PUBLICAS + "&minPosition=" + criada.position())
                .com(200);
        assertThat(resposta.header("Cache-Control")).isEqualTo("max-age=30, public");
        var vista = achada(resposta.json(), criada.id());
        assertThat(vista.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "status", "category", "items", "location", "urgency", "neededUntil", "createdAt");
        assertThat(vista.get("location").toString()).isEqualTo("{\"latitude\":-29.99,\"longitude\":-51.12}");
        assertThat(vista.get("items").toString())
                .isEqualTo("[{\"item\":\"Água\",\"unit\":\"litro\",\"requested\":7,\"pending\":7}]");
        assertThat(resposta.http().body())
                .doesNotContain("Hort", "Joana", api.quem().id().toString());

        api.semToken().get(PUBLICAS, "If-None-Match", resposta.header("ETag")).com(304);

        var recolhida = api.send("PATCH", "/api/necessidades/" + criada.id(), "{\"public\": false}")
                .com(200);
        var depois = api.semToken()
                .get(PUBLICAS + "&minPosition=" + recolhida.position(), "If-None-Match", resposta.header("ETag"))
                .com(200);
        assertThat(achada(depois.json(), criada.id())).isNull();
        api.send("PATCH", "/api/necessidades/" + criada.id(), "{\"public\": null}")
                .com(400);
    }

    @Test
    void a_que_nao_e_publica_nao_se_ve() {
        var criada = api.necessidade("água", 3).com(201);
        var publicas = api.semToken()
                .get(PUBLICAS + "&minPosition=" + criada.position())
                .com(200);
        assertThat(achada(publicas.json(), criada.id())).isNull();
        api.semToken().get("/api/necessidades/" + criada.id()).com(401);
    }

    @Test
    void outra_organizacao_nao_acha_nada() {
        var criada = api.necessidade("água", 3).com(201);
        var outra = api.como(Quem.TODOS.em(UUID.randomUUID()));
        var depois = "minPosition=" + criada.position();
        var caminho = "/api/necessidades/" + criada.id();
        api.get(caminho + "?" + depois).com(200);
        outra.get(caminho + "?" + depois).com(404);
        outra.get(caminho + "/sugestoes").com(404);
        outra.get("/api/auditoria/necessidade/" + criada.id()).com(404);
        assertThat(outra.get("/api/necessidades?" + depois).com(200).json().get("items"))
                .isEmpty();
        assertThat(outra.get("/api/auditoria?" + depois).com(200).json().get("items"))
                .isEmpty();
        assertThat(outra.get("/api/auditoria", "Accept", "application/x-ndjson")
                        .com(200)
                        .http()
                        .body())
                .isEmpty();
    }

    @Test
    void quem_nao_precisa_do_lugar_nao_o_ve() {
        var criada = api.necessidade("água", 3).com(201);
        var caminho = "/api/necessidades/" + criada.id() + "?minPosition=" + criada.position();
        assertThat(api.como(Role.DOADOR)
                        .get(caminho)
                        .com(200)
                        .json()
                        .at("/location/name")
                        .asString())
                .isEmpty();
        assertThat(api.como(Role.COORDENADOR)
                        .get(caminho)
                        .com(200)
                        .json()
                        .at("/location/name")
                        .asString())
                .isEqualTo("Abrigo Sarandi");
    }

    private static JsonNode achada(JsonNode page, UUID id) {
        return page.get("items")
                .valueStream()
                .filter(item -> item.get("id").asString().equals(id.toString()))
                .findFirst()
                .orElse(null);
    }
}
