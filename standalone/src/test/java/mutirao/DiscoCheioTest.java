package mutirao;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// PostgreSQL takes no event, because its disk is full or worse, and quotes the row.
@Aplicacao
@Impaciente
class DiscoCheioTest {
    private static final String LUGAR = "Rua Sigilosa 77";
    private static final Pattern AGENDADOR = Pattern.compile("53100.* (RunUntilShutdown|RunAndLogErrors) \\d+");
    private static final String CHEIO = "'could not extend file: No space left on device' using errcode = '53100'";
    private static final int PEDIDOS = 200;

    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    private final Linhas linhas = new Linhas();

    /// What the program says from level INFO on; the tests' PostgreSQL says into the same log what it likes.
    private static final class Linhas extends AppenderBase<ILoggingEvent> {
        final Queue<String> todas = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)
                    && !event.getLoggerName().startsWith("io.zonky.")) {
                todas.add(event.getLoggerName() + " " + event.getFormattedMessage()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }

        String texto() {
            return todas.stream().collect(joining("\n"));
        }
    }

    @BeforeEach
    void ouve() {
        linhas.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(linhas);
    }

    @AfterEach
    void para() {
        esvazia();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(linhas);
    }

    @Test
    void o_log_diz_a_causa_em_poucas_linhas_e_nada_do_que_se_pediu() {
        var oferta = api.oferta("pão secreto", 10).com(201).id();
        var necessidade = api.necessidade("pão secreto", 10).com(201).id();
        falha("scheduled_tasks", "update", CHEIO);
        api.entrega(oferta, necessidade, "pão secreto", 1).com(201);
        falha("domain_event", "insert", CHEIO);
        var ids = new ConcurrentLinkedQueue<UUID>(List.of(oferta, necessidade));
        for (int i = 0; i < PEDIDOS; i++) {
            var id = UUID.randomUUID();
            ids.add(id);
            assertThat(pede(id).com(503).code()).isEqualTo("UNAVAILABLE");
        }
        assertThat(importa().com(507).code()).isEqualTo("INSUFFICIENT_STORAGE");
        await("db-scheduler meets it too").until(() -> linhas.todas.stream().anyMatch(AGENDADOR.asPredicate()));
        esvazia();
        pede(UUID.randomUUID()).com(201);
        await().until(() -> linhas.texto().contains("PSQLException 53100: over, met "));

        assertThat(linhas.texto())
                .contains("PSQLException 53100: ERROR: could not extend file: No space left on device")
                .containsPattern("PSQLException 53100: again, in the last \\d+ s: .*Problems \\d+")
                .doesNotContain("Cannot reuse", LUGAR, "secreto", "Failing row", "insert into", "\n  at ")
                .doesNotContain(ids.stream().map(UUID::toString).toList());
        assertThat(linhas.todas)
                .as("told when it begins, perhaps again as worse, and when it is over; else it is counted")
                .filteredOn(line -> line.contains("53100") && !line.contains(": again, in the last "))
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void uma_chave_dobrada_que_nao_e_a_do_agregado_e_falha_do_banco_e_nao_de_quem_pede() {
        var existe = pede(UUID.randomUUID()).com(201).id();
        falha("domain_event", "insert", "'duplicate key' using errcode = '23505', constraint = 'domain_event_pkey'");

        assertThat(pede(UUID.randomUUID()).com(500).code()).isEqualTo("INTERNAL");

        esvazia();
        assertThat(pede(existe).com(409).code()).isEqualTo("JA_EXISTE");
        assertThat(linhas.texto())
                .contains("is answered 500: PSQLException 23505: ERROR: duplicate key\n  at ")
                .contains("\n  in org.axonframework.eventsourcing.eventstore.EventStoreException")
                .doesNotContain(LUGAR, "secreto", "Failing row", existe.toString());
    }

    private Api.Resposta pede(UUID id) {
        return api.post("/api/necessidades", """
                {"id": "%s", "category": "AGUA", "items": [{"item": "pão secreto", "quantity": 1, "unit": "litro"}],
                 "location": {"name": "%s"}, "urgency": "ALTA"}
                """.formatted(id, LUGAR));
    }

    private Api.Resposta importa() {
        return api.post("/api/importacoes/necessidades", """
                {"externalId": "cheio/1", "category": "AGUA", "urgency": "ALTA", \
                "items": [{"item": "pão secreto", "quantity": 9, "unit": "litro"}], "location": {"name": "%s"}}
                """.formatted(LUGAR), "Content-Type", "application/x-ndjson");
    }

    private void falha(String table, String operation, String error) {
        db.sql("""
                        create or replace function disco_cheio() returns trigger language plpgsql as $$
                        begin
                            raise exception %s, detail = 'Failing row contains ' || new::text;
                        end $$
                        """.formatted(error)).update();
        db.sql("create trigger disco_cheio before %s on %s for each row execute function disco_cheio()"
                        .formatted(operation, table))
                .update();
    }

    private void esvazia() {
        for (var table : List.of("domain_event", "scheduled_tasks")) {
            db.sql("drop trigger if exists disco_cheio on " + table).update();
        }
    }
}
