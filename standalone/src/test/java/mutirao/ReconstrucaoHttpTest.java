package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Aplicacao
class ReconstrucaoHttpTest {
    private static final String NECESSIDADE = "/api/projecoes/necessidade";

    @Autowired
    Api api;

    @Test
    void reconstruir_acompanhar_e_voltar() {
        var need = api.necessidade("Água", 10).com(201);
        var path = "/api/necessidades/" + need.id();
        api.get(path + "?minPosition=" + need.position()).com(200);

        var id = api.post(NECESSIDADE + "/reconstrucao", null).com(202).json().get("rebuildId");
        var progress = api.get(NECESSIDADE + "/reconstrucao", "Accept", "text/event-stream")
                .com(200)
                .http()
                .body();
        assertThat(progress).startsWith("data:").contains(id.asString());
        assertThat(progress.strip().lines().toList().getLast()).contains("\"state\":\"DONE\"");

        var done = api.get(NECESSIDADE + "/reconstrucao").com(200).json();
        assertThat(done.get("percent").asDouble()).isEqualTo(100);
        assertThat(done.get("phase").asString()).isEqualTo("SWAP");
        assertThat(done.get("rows").asLong()).isPositive();
        assertThat(done.get("differences").get("total").asLong()).isZero();
        assertThat(done.get("differences").get("sample").isEmpty()).isTrue();

        var later = api.necessidade("Leite", 5).com(201);
        api.ate(
                "/api/projecoes",
                all -> all.get("items")
                        .valueStream()
                        .allMatch(each -> each.get("state").asString().equals("LIVE")));
        assertThat(api.post(NECESSIDADE + "/volta", null)
                        .com(200)
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("necessidade");
        api.get(path).com(200);
        api.get("/api/necessidades/" + later.id() + "?minPosition=" + later.position())
                .com(200);
        api.send("DELETE", NECESSIDADE + "/reconstrucao", null).com(409);
    }

    @Test
    void a_lista_das_projecoes_tem_paginas_como_todas() {
        var names = new ArrayList<String>();
        var path = "/api/projecoes?limit=3";
        for (var next = ""; next != null; ) {
            var page = api.get(path + next).com(200).json();
            assertThat(page.get("items").size()).isBetween(1, 3);
            page.get("items").forEach(item -> names.add(item.get("name").asString()));
            next = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asString();
        }

        assertThat(names)
                .containsExactlyElementsOf(api.get("/api/projecoes")
                        .com(200)
                        .json()
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("name").asString())
                        .toList())
                .hasSizeGreaterThan(6)
                .isSorted();
        api.get("/api/projecoes?limit=0").com(400);
        api.get("/api/projecoes?cursor=necessidade").com(400);
    }

    @Test
    void pedidos_errados() {
        assertThat(api.post(NECESSIDADE + "/reconstrucao?onDifference=talvez", null)
                        .com(400)
                        .json()
                        .get("errors")
                        .get(0)
                        .get("field")
                        .asString())
                .isEqualTo("onDifference");
        api.post("/api/projecoes/nada/reconstrucao", null).com(404);
        api.post("/api/projecoes/nada/volta", null).com(404);
        api.get("/api/projecoes/nada/reconstrucao", "Accept", "text/event-stream")
                .com(404);
        assertThat(api.post("/api/projecoes/ticket/volta", null).com(409).code())
                .isEqualTo("NOTHING_KEPT");
    }
}
