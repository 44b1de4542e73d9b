package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import mutirao.platform.test.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The two sides as two processes on one PostgreSQL: each answers its half and names it for the other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparadosTest {
    private Programa decide;
    private Programa mostra;

    @BeforeAll
    void dois_processos() throws IOException {
        var database = TestDatabase.fresh();
        decide = Programa.lado(Modulo.COMMAND_SIDE, database);
        mostra = Programa.lado(Modulo.QUERY_SIDE, database);
    }

    @AfterAll
    void fim() throws InterruptedException {
        for (var side : new Programa[] {decide, mostra}) {
            if (side != null) {
                side.close();
            }
        }
    }

    @Test
    void o_que_um_decide_o_outro_mostra() {
        var quem = Quem.TODOS.id();
        var key = UUID.randomUUID().toString();
        var necessidade =
                decide.api().necessidade("água", 10, "Idempotency-Key", key).com(201);
        var again = decide.api().necessidade("água", 10, "Idempotency-Key", key).com(201);
        assertThat(again.id()).isEqualTo(necessidade.id());
        var oferta = decide.api().oferta("água", 10).com(201).id();
        var entrega = decide.api()
                .entrega(oferta, necessidade.id(), "água", 10)
                .com(201)
                .id();
        mostra.api(decide).entregaEm(entrega, "ATRIBUIDA");
        decide.api().post("/api/entregas/" + entrega + "/aceite", null).com(200);
        var iniciada =
                decide.api().post("/api/entregas/" + entrega + "/inicio", null).com(200);
        var codigo = mostra.api(decide)
                .get("/api/entregas/" + entrega + "/codigo?minPosition=" + iniciada.position())
                .com(200)
                .json()
                .get("code")
                .asString();
        decide.api()
                .post(
                        "/api/entregas/" + entrega + "/conclusao",
                        "{\"receiverId\": \"%s\", \"confirmationCode\": \"%s\"}".formatted(quem, codigo))
                .com(200);
        mostra.api(decide)
                .ate(
                        "/api/necessidades/" + necessidade.id(),
                        visto -> visto.get("status").asString().equals("ATENDIDA"));
    }

    @Test
    void cada_um_diz_que_a_outra_metade_e_do_outro() {
        var read = decide.api().get("/api/necessidades").com(421);
        assertThat(read.code()).isEqualTo("OUTRO_PROCESSO");
        assertThat(read.header("X-Mutirao-Side")).isEqualTo("command");
        var write = mostra.api(decide).necessidade("água", 1).com(421);
        assertThat(write.code()).isEqualTo("OUTRO_PROCESSO");
        assertThat(write.header("X-Mutirao-Side")).isEqualTo("query");
        decide.api().get("/api/projecoes").com(421);
        decide.api().post("/api/projecoes/reconstrucao", null).com(421);
        decide.api().get("/api/entregas/" + UUID.randomUUID() + "/codigo").com(421);
        decide.api().get("/api/auditoria").com(421);
        mostra.api(decide).post("/api/importacoes/necessidades", "{}").com(421);
        assertThat(mostra.api(decide).get("/api/projecoes").com(200).header("X-Mutirao-Side"))
                .isEqualTo("query");
    }

    @Test
    void cada_um_guarda_as_suas_mensagens_mortas() {
        decide.api().get("/api/mensagens-mortas").com(200);
        mostra.api(decide).get("/api/mensagens-mortas").com(200);
        decide.api().get("/actuator/health/readiness").com(200);
        mostra.api(decide).get("/actuator/health/readiness").com(200);
    }
}
