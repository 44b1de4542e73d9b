package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A long history is begun at its last snapshot.
@Aplicacao
class RetratoTest {
    @Autowired
    Api api;

    @Autowired
    JdbcClient db;

    /// Told by a snapshot that says what no event did.
    @Test
    void um_ticket_comeca_do_seu_ultimo_retrato() {
        var ticket = api.post("/api/tickets", """
                        {"title": "senha", "description": "fechada", "category": "acesso", "priority": "ALTA"}
                        """).com(201).id();
        for (int i = 0; i < 110; i++) {
            api.post("/api/tickets/" + ticket + "/comentarios", "{\"text\": \"oi\"}")
                    .com(200);
        }
        Awaitility.await()
                .until(() -> db.sql("update snapshot_event set payload = jsonb_set(payload, '{status}', '\"FECHADO\"')"
                                        + " where aggregate_identifier = ?")
                                .param("ticket-" + ticket)
                                .update()
                        == 1);

        assertThat(api.post("/api/tickets/" + ticket + "/fechamento", "{\"resolution\": \"feito\"}")
                        .com(409)
                        .code())
                .isEqualTo("TICKET_FECHADO");
    }

    /// Axon 4.13.0 lets no snapshot of such a class through, and says nothing.
    @Test
    void nenhum_agregado_da_revisao_aos_seus_retratos() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Aggregate.class));
        var found = scanner.findCandidateComponents("mutirao");
        assertThat(found).hasSizeGreaterThan(4);
        for (var each : found) {
            assertThat(Class.forName(each.getBeanClassName()).isAnnotationPresent(Revision.class))
                    .as(each.getBeanClassName())
                    .isFalse();
        }
    }
}
