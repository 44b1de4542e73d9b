package mutirao;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the program does for whoever speaks HTTP, whichever engine keeps the events: one program, as an operator starts
/// it, on an engine that holds nothing yet. It knows of the engine only how it goes away and comes back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Comportamento {
    private static final Pattern DEMONSTRADA = Pattern.compile("Demonstração.*-u \\S+:\\S+", Pattern.DOTALL);
    private static final Duration PACIENCIA = Duration.ofMinutes(2);
    private static final int CORREDORES = 64;

    private Programa programa;
    private Api api;
    private String demonstracao;

    /// Starts the program in a directory of its own.
    abstract Programa parte(Path dir) throws IOException;

    /// Takes its engine away.
    abstract void some(Programa programa) throws IOException;

    /// Brings it back, unless it comes by itself.
    abstract void volta() throws IOException;

    @BeforeAll
    void uma_partida(@TempDir Path dir) throws IOException {
        programa = parte(dir);
        api = programa.api();
        demonstracao = programa.ate(DEMONSTRADA).group();
    }

    @AfterAll
    void fim() throws InterruptedException {
        if (programa != null) {
            programa.close();
        }
    }

    @Test
    void a_demonstracao_vai_ate_o_fim() {
        assertThat(demonstracao).contains("Joana levou 40 marmitas").contains("3 linhas, 0 diferentes");
        assertThat(api.get("/api/entregas?status=CONCLUIDA").com(200).json().get("items"))
                .isNotEmpty();
    }

    @Test
    void o_recibo_diz_onde_e_quem_espera_ate_la_ve() {
        var last = 0L;
        for (int i = 1; i <= 10; i++) {
            var need = api.necessidade("farinha", i).com(201);
            assertThat(need.header("ETag")).isEqualTo("\"0\"");
            assertThat(need.header("Location")).isEqualTo("/api/necessidades/" + need.id());
            assertThat(need.position()).isGreaterThan(last);
            last = need.position();
            assertThat(ve(need).get("items").get(0).get("requested").asInt()).isEqualTo(i);
        }
        assertThat(api.get("/api/projecoes")
                        .com(200)
                        .json()
                        .get("items")
                        .get(0)
                        .get("head")
                        .asLong())
                .isGreaterThanOrEqualTo(last);
    }

    @Test
    void um_id_serve_uma_vez() {
        var id = UUID.randomUUID();
        api.post("/api/necessidades", comId(id)).com(201);
        assertThat(api.post("/api/necessidades", comId(id)).com(409).code()).isEqualTo("JA_EXISTE");
    }

    private static String comId(UUID id) {
        return """
            {"id": "%s", "category": "AGUA", "items": [{"item": "água", "quantity": 1, "unit": "litro"}],
             "location": {"name": "Abrigo"}, "urgency": "ALTA"}
            """.formatted(id);
    }

    @Test
    void quem_viu_outra_versao_e_quem_nao_ve_nada_ouvem_isso() {
        var need = api.necessidade("sal", 10).com(201);
        var path = "/api/necessidades/" + need.id();
        muda(path, "\"0\"").com(200);
        assertThat(muda(path, "\"0\"").com(412).code()).isEqualTo("VERSION_CONFLICT");
        assertThat(muda("/api/necessidades/" + UUID.randomUUID(), null).com(404).code())
                .isEqualTo("NOT_FOUND");
        assertThat(api.get("/api/necessidades/" + UUID.randomUUID()).com(404).code())
                .isEqualTo("NOT_FOUND");
    }

    private Api.Resposta muda(String path, String version) {
        var type = List.of("Content-Type", "application/merge-patch+json");
        var headers = new ArrayList<>(type);
        if (version != null) {
            headers.addAll(List.of("If-Match", version));
        }
        return api.send("PATCH", path, "{\"urgency\": \"BAIXA\"}", headers.toArray(String[]::new));
    }

    @Test
    void uma_regra_quebrada_diz_qual() {
        var need = api.necessidade("óleo", 10).com(201);
        var path = "/api/necessidades/" + need.id() + "/cancelamento";
        api.post(path, "{\"reason\": \"x\"}").com(200);
        assertThat(api.post(path, "{\"reason\": \"x\"}").com(409).code())
                .isNotEmpty()
                .isNotEqualTo("JA_EXISTE");
    }

    @Test
    void uma_chave_faz_efeito_uma_vez() throws Exception {
        var item = "chave " + UUID.randomUUID();
        var key = UUID.randomUUID().toString();
        var first = api.necessidade(item, 3, "Idempotency-Key", key).com(201);
        var again = api.necessidade(item, 3, "Idempotency-Key", key).com(201);
        assertThat(again.http().body()).isEqualTo(first.http().body());
        assertThat(api.necessidade(item, 4, "Idempotency-Key", key).com(422).code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");

        var other = UUID.randomUUID().toString();
        var answers = todosJuntos(8, () -> {
            var answer = api.necessidade(item, 5, "Idempotency-Key", other);
            return answer.status() == 201 ? answer.id().toString() : answer.status() + " " + answer.code();
        });
        var ids = answers.stream().filter(answer -> !answer.startsWith("409")).collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(answers).allMatch(answer -> ids.contains(answer) || answer.equals("409 IDEMPOTENCY_KEY_IN_USE"));
        ve(api.necessidade(item, 5, "Idempotency-Key", other).com(201));
        assertThat(api.get("/api/necessidades?limit=200&q=chave")
                        .com(200)
                        .json()
                        .get("items"))
                .filteredOn(
                        need -> need.get("items").get(0).get("item").asString().equals(item))
                .hasSize(2);
    }

    @Test
    void o_mesmo_arquivo_de_novo_nao_muda_nada() {
        var id = UUID.randomUUID().toString();
        assertThat(importa(id)).containsExactly("CREATED");
        assertThat(importa(id)).containsExactly("EXISTS");
    }

    private List<String> importa(String externalId) {
        return api.post(
                        "/api/importacoes/necessidades",
                        """
                        {"externalId": "%s", "category": "AGUA", "urgency": "ALTA", "location": {"name": "Rua"}, \
                        "items": [{"item": "Agua", "quantity": 3, "unit": "litro"}]}\
                        """.formatted(externalId),
                        "Content-Type",
                        "application/x-ndjson")
                .com(200)
                .http()
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("status").asString())
                .toList();
    }

    @Test
    void listas_mostram_tambem_o_que_falta() {
        var need = api.necessidade("fósforo", 1).com(201);
        var list = api.get("/api/necessidades?limit=1&minPosition=" + need.position())
                .com(200)
                .json();
        assertThat(list.has("next")).isTrue();
        assertThat(list.get("items").get(0).has("neededUntil")).isTrue();
        assertThat(list.get("items").get(0).get("neededUntil").isNull()).isTrue();
        assertThat(api.get("/api/necessidades?cursor=nada").com(400).code()).isEqualTo("INVALID");
    }

    @Test
    void o_que_serve_e_sugerido() {
        var item = "sugestão " + UUID.randomUUID();
        var need = api.necessidade(item, 5).com(201);
        var offer = api.oferta(item, 5).com(201);
        var found = api.get("/api/necessidades/" + need.id() + "/sugestoes?minPosition=" + offer.position())
                .com(200)
                .json()
                .get("items");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).toString()).contains(offer.id().toString());
    }

    @Test
    void uma_entrega_passa_por_todos() {
        var need = api.necessidade("feijão", 10).com(201);
        var offer = api.oferta("feijão", 10).com(201);
        var entrega = api.entrega(offer.id(), need.id(), "feijão", 10).com(201).id();
        api.entregaEm(entrega, "ATRIBUIDA");
        api.post("/api/entregas/" + entrega + "/aceite", null).com(200);
        var begun = api.post("/api/entregas/" + entrega + "/inicio", null).com(200);
        var code = api.get("/api/entregas/" + entrega + "/codigo?minPosition=" + begun.position())
                .com(200)
                .json()
                .get("code")
                .asString();
        var body = "{\"receiverId\": \"%s\", \"confirmationCode\": \"%s\"}";
        assertThat(api.post("/api/entregas/" + entrega + "/conclusao", body.formatted(Quem.TODOS.id(), "errado"))
                        .com(409)
                        .code())
                .isEqualTo("CODIGO_INCORRETO");
        api.post("/api/entregas/" + entrega + "/conclusao", body.formatted(Quem.TODOS.id(), code))
                .com(200);
        api.ate(
                "/api/necessidades/" + need.id(),
                seen -> seen.get("status").asString().equals("ATENDIDA"));
    }

    @Test
    void uma_projecao_se_refaz_igual() {
        ve(api.necessidade("vela", 2).com(201));
        api.post("/api/projecoes/necessidade/reconstrucao", null).com(202);
        var done = api.ate(
                "/api/projecoes/necessidade/reconstrucao",
                progress -> Set.of("DONE", "FAILED", "STOPPED")
                        .contains(progress.get("state").asString()));
        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("DONE");
        assertThat(done.get("rows").asLong()).isPositive();
        assertThat(done.get("differences").get("total").asLong()).isZero();
    }

    @Test
    void das_ultimas_dez_unidades_cada_uma_vai_a_um_so() throws Exception {
        var path = "/api/ofertas/" + api.oferta("Água", 10).com(201).id();
        var answers = todosJuntos(CORREDORES, () -> {
            var answer = api.post(
                    path + "/reservas",
                    "{\"volunteerId\": \"%s\", \"items\": [{\"item\": \"água\", \"quantity\": 1}]}"
                            .formatted(UUID.randomUUID()));
            return answer.status() + " " + answer.code();
        });
        assertThat(answers.stream().collect(groupingBy(answer -> answer, counting())))
                .isEqualTo(Map.of("201 ", 10L, "409 QUANTIDADE_INDISPONIVEL", 54L));
    }

    @Test
    void o_motor_some_e_volta_e_nada_se_perde_nem_se_repete() throws IOException {
        var before = api.necessidade("antes", 1).com(201);
        var key = UUID.randomUUID().toString();
        some(programa);
        // Whether one of these took effect is not known: its key says it in the end.
        var answer = api.necessidade("durante", 1, "Idempotency-Key", key);
        if (answer.status() != 201) {
            assertThat(answer.com(503).header("Retry-After")).isEqualTo("1");
        }
        volta();

        await().atMost(PACIENCIA)
                .until(() -> api.get("/actuator/health/readiness").status() == 200);
        var during = await().atMost(PACIENCIA)
                .until(() -> api.necessidade("durante", 1, "Idempotency-Key", key), done -> done.status() == 201);
        ve(during);
        ve(before);
        var again = api.necessidade("durante", 1, "Idempotency-Key", key).com(201);
        assertThat(again.id()).isEqualTo(during.id());
        var all =
                api.get("/api/necessidades?limit=200&q=durante").com(200).json().get("items");
        assertThat(all).hasSize(1);
    }

    /// What is shown of what a receipt is about.
    private JsonNode ve(Api.Resposta receipt) {
        return api.get("/api/necessidades/" + receipt.id() + "?minPosition=" + receipt.position())
                .com(200)
                .json();
    }

    private static List<String> todosJuntos(int many, Callable<String> one) throws Exception {
        var largada = new CyclicBarrier(many);
        var answers = new ArrayList<String>();
        try (var pistas = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> runner = () -> {
                largada.await();
                return one.call();
            };
            for (var answer : pistas.invokeAll(Collections.nCopies(many, runner))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
