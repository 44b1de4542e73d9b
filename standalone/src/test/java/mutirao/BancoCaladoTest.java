package mutirao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import mutirao.Api.Resposta;
import mutirao.platform.test.OwnPostgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/// A database that answers nobody and has not gone: its processes are stopped, or the network swallows what it says.
@Aplicacao
@ContextConfiguration(initializers = OwnPostgres.class)
@DirtiesContext
class BancoCaladoTest {
    /// Less than a connection that hears nothing while it is made could hold up all others.
    private static final Duration SOSSEGO = Duration.ofSeconds(60);

    @Autowired
    Api api;

    @Autowired
    OwnPostgres banco;

    @Autowired
    JdbcClient db;

    /// How it is silenced, and how it is not any more.
    enum Silencio {
        PARADO,
        REDE
    }

    private void cala(Silencio silencio) {
        if (silencio == Silencio.PARADO) {
            banco.silence();
        } else {
            banco.cutOff();
        }
    }

    private void volta(Silencio silencio) {
        if (silencio == Silencio.PARADO) {
            banco.resume();
        } else {
            banco.connect();
        }
    }

    @ParameterizedTest
    @EnumSource
    void todos_ouvem_que_agora_nao_da_e_nada_se_perde(Silencio silencio) throws Exception {
        var antes = api.necessidade("Água", 10).com(201);
        api.ate("/api/necessidades/" + antes.id(), _ -> true);
        var pedidos = new LinkedHashMap<UUID, String>();
        for (int i = 0; i < 30; i++) {
            pedidos.put(UUID.randomUUID(), "calado-" + UUID.randomUUID());
        }

        cala(silencio);
        var respostas = new ArrayList<Future<Resposta>>();
        try (var todos = Executors.newVirtualThreadPerTaskExecutor()) {
            chamadas(antes).values().forEach(chamada -> respostas.add(todos.submit(chamada::get)));
            pedidos.forEach((id, chave) -> respostas.add(todos.submit(() -> cria(id, chave))));
        }
        respostas.forEach(resposta -> indisponivel(resposta.resultNow()));
        chamadas(antes).values().forEach(chamada -> indisponivel(chamada.get()));
        assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);

        volta(silencio);
        await().atMost(SOSSEGO).until(() -> api.get("/api/ofertas").status() == 200);
        await().atMost(SOSSEGO)
                .until(() -> api.get("/actuator/health/readiness").status() == 200);
        api.get("/api/necessidades/" + antes.id()).com(200);
        pedidos.forEach((id, chave) ->
                await().atMost(SOSSEGO).until(() -> cria(id, chave).status() == 201));
        pedidos.keySet()
                .forEach(id -> api.ate(
                        "/api/necessidades/" + id, visto -> visto.get("version").asLong() == 0));
        assertThat(eventos(pedidos))
                .as("each once, whatever became of the first try")
                .isEqualTo(pedidos.size());
        await("whoever hears other processes")
                .atMost(SOSSEGO)
                .until(() -> db.sql("""
                                select count(*) from pg_stat_activity
                                where query like 'listen %' and datname = current_database()
                                """).query(Integer.class).single() >= 1);
    }

    /// Every kind of call that needs the database.
    private Map<String, Supplier<Resposta>> chamadas(Resposta antes) {
        var necessidade = "/api/necessidades/" + antes.id();
        var chamadas = new LinkedHashMap<String, Supplier<Resposta>>();
        chamadas.put("list", () -> api.get("/api/ofertas"));
        chamadas.put("one", () -> api.get(necessidade));
        chamadas.put("a read that waits", () -> api.get("/api/projecoes?minPosition=" + antes.position()));
        chamadas.put("command", () -> api.post(necessidade + "/cancelamento", "{\"reason\": \"x\"}"));
        chamadas.put("jobs", () -> api.get("/api/mensagens-mortas"));
        chamadas.put("somebody new", () -> api.como(UUID.randomUUID()).get("/api/eu"));
        chamadas.put("public", () -> api.semToken().get("/api/publico/necessidades"));
        chamadas.put("readiness", () -> api.get("/actuator/health/readiness"));
        chamadas.put(
                "token",
                () -> api.semToken()
                        .send(
                                "POST",
                                "/oauth2/token",
                                "grant_type=client_credentials&client_id=x&client_secret=y",
                                "Content-Type",
                                "application/x-www-form-urlencoded"));
        return chamadas;
    }

    private static void indisponivel(Resposta resposta) {
        resposta.com(503);
        if (!resposta.http().uri().getPath().startsWith("/actuator")) {
            assertThat(resposta.code()).isEqualTo("UNAVAILABLE");
            assertThat(resposta.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(resposta.header("Retry-After")).isNotEmpty();
        }
    }

    private Resposta cria(UUID id, String chave) {
        return api.post("/api/necessidades", """
                {"id": "%s", "category": "AGUA", "items": [{"item": "Arroz", "quantity": 1, "unit": "kg"}],
                 "location": {"name": "Abrigo"}, "urgency": "ALTA"}
                """.formatted(id), "Idempotency-Key", chave);
    }

    private int eventos(Map<UUID, String> pedidos) {
        return db.sql("select count(*) from domain_event where aggregate_identifier = any(?)")
                .param(pedidos.keySet().stream().map(id -> "necessidade-" + id).toArray(String[]::new))
                .query(Integer.class)
                .single();
    }
}
