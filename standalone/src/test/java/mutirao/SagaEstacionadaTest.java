package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What keeps failing parks its saga, where people see it and can send it on.
@Aplicacao
@Impaciente
class SagaEstacionadaTest {
    private static final String MORTAS = "/api/mensagens-mortas?source=saga:entrega";

    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    @Test
    void o_que_sempre_falha_estaciona_a_saga_e_segue_quando_alguem_manda() {
        var necessidade = api.necessidade("água", 100).com(201).id();
        var oferta = api.oferta("água", 100).com(201).id();
        quebrar(oferta);

        var entrega = api.entrega(oferta, necessidade, "água", 10).com(201).id();
        var morta = api.ate(MORTAS, page -> !page.get("items").isEmpty())
                .get("items")
                .get(0);
        assertThat(morta.get("sequence").asString()).isEqualTo(entrega.toString());
        assertThat(morta.get("kind").asString()).isEqualTo("COMMAND");
        assertThat(morta.get("type").asString()).isEqualTo("oferta.ReservarOferta");
        assertThat(morta.get("cause").asString()).contains("quebrada de propósito");

        assertThat(api.post("/api/entregas/" + entrega + "/cancelamento", "{\"reason\": \"demorou\"}")
                        .com(200)
                        .status())
                .isEqualTo(200);
        var esperando = api.ate(MORTAS, page -> page.get("items").size() == 2)
                .get("items")
                .get(1);
        assertThat(esperando.get("type").asString()).isEqualTo("entrega.EntregaCancelada");
        assertThat(esperando.get("attempts").asInt()).isZero();
        outra_entrega_nao_espera(necessidade);

        var id = morta.get("id").asString();
        assertThat(api.get("/api/mensagens-mortas/" + id)
                        .com(200)
                        .json()
                        .get("payload")
                        .get("id")
                        .asString())
                .isEqualTo(oferta.toString());
        assertThat(reprocessar(id)).as("still broken").isZero();
        db.sql("drop trigger quebrada on domain_event").update();
        // The hold that was granted now may have queued up behind in the meantime.
        assertThat(reprocessar(id)).isBetween(2, 3);

        api.ate(
                "/api/entregas/" + entrega,
                visto -> visto.get("steps").get(0).get("state").asString().equals("COMPENSATED"));
        assertThat(api.get(MORTAS).json().get("items").isEmpty()).isTrue();
        var linha = api.ate(
                        "/api/ofertas/" + oferta, visto -> visto.get("version").asInt() == 2)
                .get("items")
                .get(0);
        assertThat(linha.get("available").asInt()).isEqualTo(100);
    }

    /// As long as it lasts, and longer than the attempts would.
    @Test
    void o_que_falha_porque_o_banco_ou_o_motor_esta_fora_espera_por_ele() {
        var necessidade = api.necessidade("arroz", 100).com(201).id();
        var oferta = api.oferta("arroz", 100).com(201).id();
        quebrar(oferta, "fora", "using errcode = 'cannot_connect_now'");

        var entrega = api.entrega(oferta, necessidade, "arroz", 10).com(201).id();
        Awaitility.await()
                .until(() -> db.sql("select coalesce(max(consecutive_failures), 0) from scheduled_tasks"
                                        + " where task_instance like ?")
                                .param("saga:entrega:" + entrega + ":%")
                                .query(Integer.class)
                                .single()
                                .compareTo(5)
                        >= 0);
        assertThat(api.get(MORTAS).com(200).json().get("items"))
                .noneMatch(letter -> letter.get("sequence").asString().equals(entrega.toString()));

        db.sql("drop trigger fora on domain_event").update();
        api.entregaEm(entrega, "ATRIBUIDA");
    }

    private void outra_entrega_nao_espera(UUID necessidade) {
        var boa = api.oferta("água", 5).com(201).id();
        var outra = api.entrega(boa, necessidade, "água", 5).com(201).id();
        api.entregaEm(outra, "ATRIBUIDA");
    }

    private int reprocessar(String id) {
        return api.post("/api/mensagens-mortas/" + id + "/reprocessamento", null)
                .com(200)
                .json()
                .get("handled")
                .asInt();
    }

    private void quebrar(UUID oferta) {
        quebrar(oferta, "quebrada", "");
    }

    /// @param using what PostgreSQL says of it
    private void quebrar(UUID oferta, String name, String using) {
        db.sql("create function " + name + "() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'quebrada de propósito' " + using + "; end $$")
                .update();
        db.sql("create trigger " + name + " before insert on domain_event for each row"
                        + " when (new.aggregate_identifier = 'oferta-" + oferta
                        + "') execute function " + name + "()")
                .update();
    }
}
