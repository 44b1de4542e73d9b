package mutirao.platform.stream;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.api.PageRequest;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Consulta;
import mutirao.platform.projection.Tabelas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/// What a follower does with what it cannot handle.
@Consulta
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class MensagensMortasTest {
    private static final String SOURCE = "projecao:necessidade@2";

    @Autowired
    Followers followers;

    @Autowired
    DeadLetters letters;

    @Autowired
    DeadLetterController controller;

    @Autowired
    Tabelas tabelas;

    @Autowired
    JdbcClient db;

    @Test
    void um_evento_ilegivel_estaciona_e_os_outros_seguem() throws InterruptedException {
        var quebrada = UUID.randomUUID();
        var boa = UUID.randomUUID();
        append(quebrada, 0, "necessidade.NecessidadeCriada", "{\"id\": \"isto nao e um uuid\"}");
        criada(boa);
        caughtUp(SOURCE);

        assertThat(letters.list(Set.of(SOURCE), null, 0, 10)).singleElement().satisfies(listed -> {
            assertThat(listed.letter().type()).isEqualTo("necessidade.NecessidadeCriada");
            assertThat(listed.letter().sequence()).isEqualTo(quebrada.toString());
            assertThat(listed.letter().cause()).contains("isto nao e um uuid");
            assertThat(listed.letter().attempts()).isEqualTo(1);
        });
        assertThat(status(boa)).isEqualTo("ABERTA");
    }

    @Test
    void o_que_diz_a_de_outra_organizacao_nao_se_le_mas_se_tenta_de_novo() throws Exception {
        append(UUID.randomUUID(), 0, "necessidade.NecessidadeCriada", "{\"id\": \"isto nao e um uuid\"}");
        caughtUp(SOURCE);
        var id = letters.list(Set.of(SOURCE), null, 0, 10).getFirst().letter().id();
        var propria = controller.buscar(id);
        assertThat(propria.shown().withheld()).isFalse();
        assertThat(propria.payload()).contains("isto nao e um uuid");
        assertThat(propria.shown().letter().cause()).contains("isto nao e um uuid");

        var outra = Actor.caller(UUID.randomUUID(), UUID.randomUUID(), EnumSet.of(Role.OPERADOR));
        var lida = outra.does(() -> controller.buscar(id));
        assertThat(lida.payload()).isNull();
        var listada = outra.does(() -> controller.listar(SOURCE, null, new PageRequest(10, null, null)));
        for (var vista : List.of(lida.shown(), listada.items().getFirst())) {
            assertThat(vista.withheld()).isTrue();
            assertThat(vista.letter().cause()).isNull();
            assertThat(vista.letter().id()).isEqualTo(id);
            assertThat(vista.letter().type()).isEqualTo("necessidade.NecessidadeCriada");
        }
        assertThat(outra.does(() -> controller.reprocessar(id)).getBody().remaining())
                .isEqualTo(1);
    }

    @Test
    void um_comando_estacionado_e_da_organizacao_de_seu_job() throws Exception {
        var organizacao = UUID.randomUUID();
        var job = "{\"organizationId\": \"%s\"}".formatted(organizacao);
        letters.park(SOURCE, "s", "necessidade.X", "{\"a\": 1}", job, new IllegalStateException("segredo"), 3);
        var id = letters.list(Set.of(SOURCE), null, 0, 10).getFirst().letter().id();
        assertThat(controller.buscar(id).payload()).isNull();
        assertThat(controller.buscar(id).shown().letter().cause()).isNull();
        var dono = Actor.caller(UUID.randomUUID(), organizacao, EnumSet.of(Role.OPERADOR));
        assertThat(dono.does(() -> controller.buscar(id)).payload()).contains("a");
    }

    @Test
    void o_que_vem_depois_na_mesma_sequencia_espera_e_e_feito_na_ordem() throws InterruptedException {
        var orfa = UUID.randomUUID();
        var boa = UUID.randomUUID();
        cancelada(orfa, 0, "primeira");
        criada(boa);
        cancelada(orfa, 1, "segunda");
        cancelada(boa, 1, "normal");
        caughtUp(SOURCE);

        var parked = letters.sequence(SOURCE, orfa.toString());
        assertThat(parked).extracting(DeadLetter::attempts).containsExactly(1, 0);
        assertThat(status(boa)).isEqualTo("CANCELADA");

        var follower = followers.find(SOURCE).orElseThrow();
        assertThat(follower.redelivery().retry(orfa.toString(), _ -> {}))
                .as("it fails again")
                .isZero();
        assertThat(letters.sequence(SOURCE, orfa.toString()))
                .extracting(DeadLetter::attempts)
                .containsExactly(2, 0);

        copia(boa, orfa); // as if a repaired version had found its row
        assertThat(follower.redelivery().retry(orfa.toString(), _ -> {})).isEqualTo(2);
        assertThat(letters.count(SOURCE)).isZero();
        assertThat(db.sql("select reason from necessidade_v2 where id = ?")
                        .param(orfa)
                        .query(String.class)
                        .single())
                .isEqualTo("segunda");
    }

    @Test
    void descartar_o_primeiro_tenta_os_seguintes() throws InterruptedException {
        var orfa = UUID.randomUUID();
        append(orfa, 0, "necessidade.NecessidadeCriada", "{}");
        cancelada(orfa, 1, "segunda");
        caughtUp(SOURCE);
        var first = letters.sequence(SOURCE, orfa.toString()).getFirst();
        followers.find(SOURCE).orElseThrow().redelivery().discard(first.id(), _ -> {});
        assertThat(letters.sequence(SOURCE, orfa.toString()))
                .extracting(DeadLetter::attempts)
                .as("tried, and failed for want of a row")
                .containsExactly(1);
    }

    @Test
    void um_nome_que_esta_versao_nao_conhece_pausa_a_projecao_e_mais_nada() throws InterruptedException {
        var boa = UUID.randomUUID();
        criada(boa);
        append(UUID.randomUUID(), 0, "necessidade.DoFuturo", "{}");
        criada(UUID.randomUUID());
        caughtUp("projecao:ticket");
        var follower = followers.find(SOURCE).orElseThrow();
        Awaitility.await().until(() -> follower.status().state().equals("PAUSED"));
        assertThat(follower.status().position()).isEqualTo(1);
        assertThat(follower.status().detail()).contains("necessidade.DoFuturo");
        assertThat(status(boa)).isEqualTo("ABERTA");
        assertThat(letters.count(SOURCE)).isZero();
    }

    @Test
    void linhas_e_posicao_mudam_juntas() throws InterruptedException {
        db.sql("alter table necessidade_v2 add constraint poison check (reason is distinct from 'veneno')")
                .update();
        var veneno = UUID.randomUUID();
        var boa = UUID.randomUUID();
        criada(veneno);
        cancelada(veneno, 1, "veneno");
        criada(boa);
        cancelada(boa, 1, "normal");
        caughtUp(SOURCE);
        assertThat(status(veneno)).as("refused by the table, parked alone").isEqualTo("ABERTA");
        assertThat(status(boa)).isEqualTo("CANCELADA");
        assertThat(letters.sequence(SOURCE, veneno.toString())).hasSize(1);
    }

    private void caughtUp(String follower) throws InterruptedException {
        tabelas.emDia(List.of(follower), PACIENCIA);
    }

    private String status(UUID id) {
        return db.sql("select status from necessidade_v2 where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private void copia(UUID from, UUID to) {
        var row = db.sql("select to_jsonb(t)::text from necessidade_v2 t where id = ?")
                .param(from)
                .query(String.class)
                .single();
        db.sql("insert into necessidade_v2 select * from jsonb_populate_record(null::necessidade_v2, ?::jsonb)")
                .param(row.replace(from.toString(), to.toString()))
                .update();
    }

    private void criada(UUID id) {
        append(id, 0, "necessidade.NecessidadeCriada", """
                {"id": "%s", "category": "AGUA", "items": [{"item": "a", "quantity": 1, "unit": "u"}],
                 "location": {"name": "x"}, "creatorId": "%s", "urgency": "ALTA", "metadata": {}}
                """.formatted(id, id));
    }

    private void cancelada(UUID id, int version, String reason) {
        append(
                id,
                version,
                "necessidade.NecessidadeCancelada",
                "{\"id\": \"%s\", \"reason\": \"%s\", \"entregas\": []}".formatted(id, reason));
    }

    private void append(UUID id, int version, String type, String payload) {
        db.sql("insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
                        + " payload_type, payload_revision, payload, meta_data) values (?, ?, ?, 'necessidade', ?::timestamptz,"
                        + " ?, '1', ?::jsonb, '{}')")
                .params(
                        UUID.randomUUID().toString(),
                        "necessidade-" + id,
                        version,
                        Instant.parse("2026-05-01T12:00:00Z").toString(),
                        type,
                        payload)
                .update();
    }
}
