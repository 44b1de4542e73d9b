package mutirao.platform.projection;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.projection.Rebuild.State;
import mutirao.ticket.api.TicketId;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Events that a fold refuses come while its table is being rebuilt: no ticket begins with a comment.
@Consulta
@TestPropertySource(properties = "mutirao.projecao.linhas=50") // a database that nobody else has
class VenenoNaReconstrucaoTest {
    private static final Duration LONGE = PACIENCIA;
    private static final String TABLE = "ticket";
    private static final String FOLLOWER = "projecao:ticket";

    @Autowired
    Projections projections;

    @Autowired
    JdbcClient db;

    @Autowired
    EventStore store;

    @Autowired
    Tabelas tabelas;

    @Autowired
    DataSource pool;

    private final Historias historias = new Historias(new SplittableRandom(11));

    @Test
    void estaciona_e_o_resto_segue() throws Exception {
        var tickets = historias.umTicket();
        store.publish(tickets);
        tabelas.emDia();

        var unknown = new TicketId(UUID.randomUUID());
        try (var other = pool.getConnection()) {
            other.setAutoCommit(false);
            noIndice(other);
            store.publish(historias.comentario(unknown));
            store.publish(historias.comentario(
                    (TicketId) tickets.getFirst().getPayload().id()));
            store.publish(historias.comentario(unknown));
            tabelas.emDia();
            var live = tabelas.rows(TABLE);
            other.rollback();
            other.setAutoCommit(true);

            Awaitility.await().atMost(LONGE).until(() -> rebuild().state() != State.RUNNING);
            assertThat(rebuild().state()).as(rebuild().toString()).isEqualTo(State.DONE);
            assertThat(tabelas.rows(TABLE)).isEqualTo(live);
        }
        assertThat(db.sql(
                                "select cause is not null from dead_letter where source = ? and sequence = ? order by position")
                        .params(FOLLOWER, unknown.value().toString())
                        .query(Boolean.class)
                        .list())
                .as("the first with its cause, the other waits behind it")
                .containsExactly(true, false);
    }

    /// Keeps the rebuild from making its indexes.
    private void noIndice(Connection other) throws SQLException {
        try (var statement = other.createStatement()) {
            statement.execute("create table outra (x int); create index ticket_newest_rebuild on outra (x)");
        }
        assertThat(projections.rebuild(List.of(TABLE), null)).isPresent();
        Awaitility.await().atMost(LONGE).until(() -> rebuild().phase() == Phase.INDEX);
    }

    private Rebuild rebuild() {
        return projections.find(TABLE).orElseThrow();
    }
}
