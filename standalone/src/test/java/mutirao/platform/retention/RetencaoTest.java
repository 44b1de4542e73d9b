package mutirao.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mutirao.Api;
import mutirao.Aplicacao;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What is needed for a while only goes after it, and nothing else does.
@Aplicacao
class RetencaoTest {
    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    @Autowired
    Retention retention;

    @Autowired
    Clock clock;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Scheduler scheduler;

    @Test
    void respostas_velhas_vao_e_as_novas_ficam() {
        var velha = "velha-" + UUID.randomUUID();
        var nova = "nova-" + UUID.randomUUID();
        api.necessidade("água", 1, "Idempotency-Key", velha).com(201);
        var segunda = api.necessidade("água", 1, "Idempotency-Key", nova).com(201);
        idade("idempotency", "answered_at", "key", velha, 91);
        idade("idempotency", "answered_at", "key", nova, 89);

        retention.run();

        assertThat(api.necessidade("água", 1, "Idempotency-Key", nova).com(201).id())
                .isEqualTo(segunda.id());
        assertThat(api.necessidade("água", 1, "Idempotency-Key", velha).com(409).code())
                .as("decided anew: the id that comes from the key is taken")
                .isEqualTo("JA_EXISTE");
    }

    @Test
    void mensagens_tratadas_ha_muito_vao_e_as_outras_ficam() {
        var velha = "velha-" + UUID.randomUUID();
        var nova = "nova-" + UUID.randomUUID();
        for (var id : List.of(velha, nova)) {
            db.sql("insert into processed_message (consumer_group, message_id) values ('teste', ?)")
                    .param(id)
                    .update();
        }
        idade("processed_message", "processed_at", "message_id", velha, 91);
        idade("processed_message", "processed_at", "message_id", nova, 89);

        retention.run();

        assertThat(quantas("processed_message", "message_id", velha)).isZero();
        assertThat(quantas("processed_message", "message_id", nova)).isOne();
    }

    @Test
    void das_sagas_vao_so_as_que_acabaram_ha_muito_e_nada_devem_a_ninguem() {
        var acabada = acabada();
        var recente = acabada();
        var estacionada = acabada();
        var correndo = entrega();
        for (var id : List.of(acabada, estacionada, correndo)) {
            velha(id, 91);
        }
        velha(recente, 89);
        db.sql("""
                        insert into dead_letter (id, source, sequence, kind, type, attempts)
                        values (?, 'saga:entrega', ?, 'COMMAND', 'oferta.CancelarReserva', 12)
                        """).params(estacionada, estacionada.toString()).update();
        try {
            retention.run();
        } finally {
            db.sql("delete from dead_letter where id = ?").param(estacionada).update();
        }

        assertThat(saga(acabada)).isZero();
        assertThat(List.of(recente, estacionada, correndo))
                .allSatisfy(id -> assertThat(saga(id)).as(id.toString()).isOne());
        api.post("/api/entregas/" + correndo + "/aceite", null).com(200);
        api.ate(
                "/api/entregas/" + correndo,
                vista -> vista.get("steps").get(5).get("state").asString().equals("DONE"));
    }

    @Test
    void o_que_ainda_chega_a_uma_saga_que_ja_se_foi_nao_muda_nada() {
        var id = acabada();
        velha(id, 91);
        retention.run();
        assertThat(saga(id)).isZero();

        assertThat(api.post("/api/entregas/" + id + "/cancelamento", "{\"reason\": \"de novo\"}")
                        .status())
                .isEqualTo(409);
        var depois = api.necessidade("água", 1).com(201);
        api.ate("/api/necessidades/" + depois.id(), _ -> true);
        assertThat(saga(id)).isZero();
        assertThat(api.get("/api/entregas/" + id).com(200).json().get("status").asString())
                .isEqualTo("CANCELADA");
    }

    @Test
    void de_uma_vez_vai_so_um_tanto_e_o_mais_velho_primeiro() {
        var group = "muitas-" + UUID.randomUUID();
        db.sql("""
                        insert into processed_message
                        select ?, n::text, now() - interval '1000 days' - n * interval '1 day' from generate_series(1, 45) n
                        """).param(group).update();
        var kinds = List.of(Outdated.rows(db, "teste", Duration.ofDays(90), "processed_message", "processed_at"));
        var bounded = new Retention(kinds, new TransactionTemplate(transactions), clock, new Retention.Bounds(10, 3));

        bounded.run();

        assertThat(quantas("processed_message", "consumer_group", group)).isEqualTo(15);
        assertThat(db.sql("select max(message_id::int) from processed_message where consumer_group = ?")
                        .param(group)
                        .query(Integer.class)
                        .single())
                .isEqualTo(15);
        bounded.run();
        assertThat(quantas("processed_message", "consumer_group", group)).isZero();
    }

    @Test
    void as_sagas_que_ainda_correm_nao_prendem_as_que_vem_depois() {
        var correndo = entrega();
        velha(correndo, 200);
        var acabada = acabada();
        velha(acabada, 100);
        var kinds = kindsOfSagas();

        new Retention(kinds, new TransactionTemplate(transactions), clock, new Retention.Bounds(1, 1_000)).run();

        assertThat(saga(correndo)).isOne();
        assertThat(saga(acabada)).isZero();
    }

    @Autowired
    List<Outdated> all;

    private List<Outdated> kindsOfSagas() {
        return all.stream().filter(kind -> kind.name().contains("saga")).toList();
    }

    @Test
    void o_agendador_a_conhece() {
        assertThat(scheduler.getScheduledExecutions())
                .anyMatch(job -> job.getTaskInstance().getTaskName().equals("limpeza"));
    }

    @Test
    void um_tempo_que_nao_e_tempo_nenhum_nao_vale() {
        var day = Duration.ofDays(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(day, Duration.ZERO, day, day))
                .withMessageContaining("mutirao.retention");
    }

    private UUID entrega() {
        var oferta = api.oferta("água", 10).com(201).id();
        var necessidade = api.necessidade("água", 10).com(201).id();
        var id = api.entrega(oferta, necessidade, "água", 1).com(201).id();
        api.entregaEm(id, "ATRIBUIDA");
        return id;
    }

    /// One that was called off, and of which everything is undone.
    private UUID acabada() {
        var id = entrega();
        api.post("/api/entregas/" + id + "/cancelamento", "{\"reason\": \"carro\"}")
                .com(200);
        api.ate(
                "/api/entregas/" + id,
                vista -> vista.get("steps").get(0).get("state").asString().equals("COMPENSATED"));
        org.awaitility.Awaitility.await()
                .until(() -> db.sql("select state #>> '{andamento,steps,0,state}' from saga where id = ?")
                        .param(id)
                        .query(String.class)
                        .single()
                        .equals("COMPENSATED"));
        return id;
    }

    private void velha(UUID saga, int days) {
        assertThat(db.sql("update saga set updated_at = now() - ? * interval '1 day' where id = ?")
                        .params(days, saga)
                        .update())
                .isOne();
    }

    private int saga(UUID id) {
        return db.sql("select count(*) from saga where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private void idade(String table, String time, String column, String value, int days) {
        assertThat(db.sql("update %s set %s = now() - ? * interval '1 day' where %s = ?".formatted(table, time, column))
                        .params(days, value)
                        .update())
                .isOne();
    }

    private int quantas(String table, String column, String value) {
        return db.sql("select count(*) from %s where %s = ?".formatted(table, column))
                .param(value)
                .query(Integer.class)
                .single();
    }
}
