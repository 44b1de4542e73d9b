package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Aplicacao
class AuditoriaHttpTest {
    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    @Test
    void o_estado_e_a_visao_como_era_e_as_mudancas_levam_de_um_a_outro() {
        var id = api.necessidade("Água", 10).com(201).id();
        var fim = api.post("/api/necessidades/" + id + "/cancelamento", "{\"reason\": \"mudou\"}")
                .com(200);
        var espera = "minPosition=" + fim.position();
        var agora = api.get("/api/necessidades/" + id + "?" + espera).com(200).json();
        var estado = "/api/auditoria/necessidade/" + id + "/estado?" + espera;

        assertThat(api.get(estado).com(200).json()).isEqualTo(agora);
        assertThat(api.get(estado + "&version=1").com(200).json()).isEqualTo(agora);
        var antes = api.get(estado + "&version=0").com(200).json();
        assertThat(antes.get("status").asString()).isEqualTo("ABERTA");

        var historia =
                api.get("/api/auditoria/necessidade/" + id).com(200).json().get("items");
        assertThat(historia.get(0).at("/changes/0/from").isNull()).isTrue();
        assertThat(historia.get(0).at("/payload/category").asString()).isEqualTo("AGUA");
        assertThat(caminhos(historia.get(1)))
                .containsExactlyInAnyOrder(
                        "/reason: null -> \"mudou\"",
                        "/status: \"ABERTA\" -> \"CANCELADA\"",
                        "/updatedAt: " + antes.get("updatedAt") + " -> " + agora.get("updatedAt"),
                        "/version: 0 -> 1");
        assertThat(api.get(estado + "&at=" + antes.get("updatedAt").asString())
                        .com(200)
                        .json())
                .isEqualTo(antes);
        api.get(estado + "&at=2020-01-01T00:00:00Z").com(404);
        api.get(estado + "&version=2").com(404);
    }

    @Test
    void a_visao_de_uma_entrega_conta_tambem_o_que_outros_fizeram_por_ela() {
        var entrega = entregaAtribuida();
        var historia = api.ate(
                        "/api/auditoria/entrega/" + entrega,
                        pagina -> pagina.get("items").size() == 3)
                .get("items");
        assertThat(historia.get(0)
                        .get("foreign")
                        .valueStream()
                        .map(alheio -> alheio.get("type").asString()))
                .containsExactly("oferta.OfertaReservada", "necessidade.NecessidadeComprometida");
        assertThat(caminhos(historia.get(0).get("foreign").get(0))).contains("/steps/0/state: \"RUNNING\" -> \"DONE\"");
        var tudo = "?minPosition=" + historia.get(2).get("position").asString();
        assertThat(api.get("/api/auditoria/entrega/" + entrega + "/estado" + tudo)
                        .com(200)
                        .json())
                .isEqualTo(api.get("/api/entregas/" + entrega + tudo).com(200).json());
    }

    @Test
    void a_arvore_de_um_pedido_vai_do_comando_aos_eventos_e_aos_comandos() {
        var entrega = entregaAtribuida();
        api.ate(
                "/api/auditoria/entrega/" + entrega,
                pagina -> pagina.get("items").size() == 3);
        var pedido = api.get("/api/auditoria?eventType=entrega.EntregaSolicitada&aggregateId=" + entrega)
                .com(200)
                .json()
                .at("/items/0/correlationId")
                .asString();
        var arvore = api.get("/api/auditoria/correlacao/" + pedido).com(200).json();
        assertThat(arvore.get("truncated").asBoolean()).isFalse();
        var linhas = new ArrayList<String>();
        desenhar(arvore.get("commands"), "", linhas);
        assertThat(linhas)
                .containsExactly(
                        "entrega rest",
                        " EntregaSolicitada",
                        "  oferta saga:entrega",
                        "   OfertaReservada",
                        "    necessidade saga:entrega",
                        "     NecessidadeComprometida",
                        "      entrega saga:entrega",
                        "       AssignmentCriado",
                        "        entrega saga:entrega",
                        "         VoluntarioNotificado");
        assertThat(arvore.get("events").asInt()).isEqualTo(5);
    }

    @Test
    void a_selecao_inteira_sai_como_ndjson_e_como_csv() {
        var quem = UUID.randomUUID();
        var ultima = 0L;
        for (int i = 0; i < 3; i++) {
            ultima =
                    api.como(quem).necessidade("com, \\\"aspas\\\"", 1).com(201).position();
        }
        var selecao = "/api/auditoria?userId=" + quem + "&limit=1&minPosition=" + ultima;
        api.get(selecao).com(200); // they are there
        db.sql("update auditoria_v2 set source = '=cmd|x' where user_id = ?")
                .param(quem)
                .update();

        var ndjson = api.get(selecao, "Accept", "application/x-ndjson").com(200);
        assertThat(ndjson.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(ndjson.header("Content-Disposition")).contains("auditoria.ndjson");
        var linhas =
                ndjson.http().body().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(linhas).hasSize(3);
        assertThat(linhas.get(0))
                .isEqualTo(api.get(selecao).com(200).json().get("items").get(0));
        assertThat(linhas).extracting(linha -> -linha.get("position").asLong()).isSorted();

        var csv = api.get(selecao, "Accept", "text/csv").com(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("auditoria.csv");
        var registros = csv.http().body().split("\r\n");
        assertThat(registros).hasSize(4);
        assertThat(registros[0]).startsWith("position,eventId,type,").endsWith(",source,payload");
        assertThat(registros[1])
                .startsWith(linhas.get(0).get("position").asString() + ",")
                .contains(",'=cmd|x,")
                .contains("\"com, \\\"\"aspas\\\"\"\"");

        var resto = selecao + "&before=" + linhas.get(0).get("position").asString();
        assertThat(api.get(resto, "Accept", "application/x-ndjson")
                        .com(200)
                        .http()
                        .body()
                        .lines())
                .hasSize(2);
        assertThat(api.get("/api/auditoria?userId=" + UUID.randomUUID(), "Accept", "text/csv")
                        .com(200)
                        .http()
                        .body())
                .isEqualTo(registros[0] + "\r\n");
    }

    @Test
    void so_uma_posicao_diz_de_onde_se_vai_adiante() {
        api.get("/api/auditoria?before=7").com(200);
        for (var outra : List.of("x", "-1", "1.5", "99999999999999999999")) {
            assertThat(api.get("/api/auditoria?before=" + outra)
                            .com(400)
                            .json()
                            .at("/errors/0/message")
                            .asString())
                    .isEqualTo("deve ser uma posição");
        }
    }

    @Test
    void o_cursor_nao_diz_nada_e_vale_so_na_sua_lista() {
        var quem = api.como(UUID.randomUUID());
        var id = quem.necessidade("a", 1).com(201).id();
        var last = quem.send("PATCH", "/api/necessidades/" + id, "{\"urgency\": \"BAIXA\"}")
                .com(200)
                .position();
        var historia = "/api/auditoria/necessidade/" + id + "?limit=1&minPosition=" + last;
        var next = api.get(historia).com(200).json().get("next").asString();

        assertThat(next).doesNotContainPattern("^\\d+$");
        assertThat(api.get(historia + "&cursor=" + next)
                        .com(200)
                        .json()
                        .get("next")
                        .isNull())
                .isTrue();
        api.get("/api/auditoria?cursor=" + next).com(400);
        api.get(historia + "&cursor=" + last).com(400);
    }

    @Test
    void os_filtros_se_combinam() {
        var quem = UUID.randomUUID();
        var id = api.como(quem).necessidade("a", 1).com(201).id();
        var espera = "&minPosition=" + api.como(quem).oferta("a", 1).com(201).position();
        var base = "/api/auditoria?userId=" + quem;
        assertThat(quantos(base + espera)).isEqualTo(2);
        assertThat(quantos(base + "&aggregateType=oferta")).isEqualTo(1);
        assertThat(quantos(base + "&aggregateType=ticket")).isZero();
        assertThat(quantos(base + "&eventType=oferta.OfertaPublicada&aggregateType=oferta"))
                .isEqualTo(1);
        assertThat(quantos(base + "&eventType=oferta.OfertaPublicada&aggregateType=ticket"))
                .isZero();
        assertThat(quantos(base + "&aggregateId=" + id)).isEqualTo(1);
        assertThat(quantos(base + "&from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(quantos(base + "&to=2020-01-01T00:00:00Z")).isZero();
        assertThat(quantos(base + "&from=2999-01-01T00:00:00Z")).isZero();
        assertThat(quantos(base + "&at=2020-01-01T00:00:00Z")).isZero();
        assertThat(quantos(base + "&occurredAt=2020-01-01T00:00:00Z")).isZero();
        assertThat(quantos(base + "&occurredAt=2999-01-01T00:00:00Z&at=2999-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(quantos(base + "&from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&occurredAt=9999-12-31T23:59:59Z"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "?aggregateId=x, 400, aggregateId",
        "?userId=1, 400, userId",
        "?from=ontem, 400, from",
        "?to=1e300, 400, to",
        "?at=12:00, 400, at",
        "?occurredAt=x, 400, occurredAt",
        "?limit=0, 400, limit",
        "?cursor=x, 400, cursor",
        "/necessidade/x, 400, aggregateId",
        "/necessidade/00000000-0000-0000-0000-000000000000, 404, ''",
        "/nada/00000000-0000-0000-0000-000000000000, 404, ''",
        "/nada/00000000-0000-0000-0000-000000000000/estado, 404, ''",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado, 404, ''",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado?version=-1, 400, version",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado?version=x, 400, version",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado?at=x, 400, at",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado?version=0&at=2026-01-01T00:00:00Z, 400, version",
        "/necessidade/00000000-0000-0000-0000-000000000000/estado?version=0&occurredAt=2026-01-01T00:00:00Z, 400, version",
        "/correlacao/nenhuma, 404, ''",
    })
    void o_que_nao_existe_e_o_que_esta_errado(String caminho, int status, String campo) {
        for (var formato : List.of("application/json", "application/x-ndjson", "text/csv")) {
            if (caminho.startsWith("?") || formato.endsWith("/json")) {
                var erro =
                        api.get("/api/auditoria" + caminho, "Accept", formato).com(status);
                assertThat(erro.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(erro.json().at("/errors/0/field").asString("")).isEqualTo(campo);
                assertThat(erro.http().body()).doesNotContain("java", "Failed");
            }
        }
    }

    private UUID entregaAtribuida() {
        var necessidade = api.necessidade("Água", 10).com(201).id();
        var oferta = api.oferta("Água", 10).com(201).id();
        var entrega = api.entrega(oferta, necessidade, "Água", 5).com(201).id();
        api.entregaEm(entrega, "ATRIBUIDA");
        return entrega;
    }

    private static void desenhar(JsonNode commands, String indent, List<String> linhas) {
        for (var command : commands) {
            linhas.add(indent + command.get("aggregateType").asString() + " "
                    + command.get("source").asString());
            for (var event : command.get("events")) {
                linhas.add(indent + " " + event.get("type").asString().replaceAll(".*\\.", ""));
                desenhar(event.get("commands"), indent + "  ", linhas);
            }
        }
    }

    private static List<String> caminhos(JsonNode evento) {
        return evento.get("changes")
                .valueStream()
                .map(change -> change.get("path").asString() + ": " + change.get("from") + " -> " + change.get("to"))
                .toList();
    }

    private int quantos(String path) {
        return api.get(path).com(200).json().get("items").size();
    }
}
