package mutirao.platform.projection;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import mutirao.platform.eventstore.Tail;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.stream.Followers;
import mutirao.ticket.api.TicketId;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A rebuild that hangs, in whichever phase, holds nobody up: commands, other followers, readers. And it can be
/// cancelled there, or lose its connection, and leaves the table that serves and nothing else.
///
/// It is made to hang by locks of another session.
@Consulta
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NinguemEsperaTest {
    private static final Duration LONGE = PACIENCIA;
    private static final String TABLE = "ticket";
    private static final String FOLLOWER = "projecao:ticket";

    @Autowired
    Projections projections;

    @Autowired
    Followers followers;

    @Autowired
    Tabelas tabelas;

    @Autowired
    EventStore store;

    @Autowired
    Tail tail;

    @Autowired
    Clock clock;

    @Autowired
    DataSource pool;

    @Autowired
    JdbcClient db;

    private final Historias historias = new Historias(new SplittableRandom(7));
    private Connection other;
    private Connection segunda;
    private TicketId ticket;

    @BeforeEach
    void um_ticket_e_duas_sessoes() throws Exception {
        var tickets = historias.umTicket();
        ticket = (TicketId) tickets.getFirst().getPayload().id();
        store.publish(tickets);
        tabelas.emDia(LONGE);
        other = pool.getConnection();
        other.setAutoCommit(false);
        segunda = pool.getConnection();
        segunda.setAutoCommit(false);
    }

    @AfterEach
    void solta() throws SQLException {
        for (var session : List.of(other, segunda)) {
            session.rollback();
            session.setAutoCommit(true);
            session.close();
        }
    }

    /// How a rebuild that hangs ends.
    enum Fim {
        TERMINA,
        CANCELADA,
        SEM_CONEXAO
    }

    static Stream<Arguments> fases() {
        return Arrays.stream(Phase.values())
                .flatMap(phase -> Arrays.stream(Fim.values()).map(end -> Arguments.of(phase, end)));
    }

    @ParameterizedTest
    @MethodSource("fases")
    void presa_em_qualquer_fase(Phase phase, Fim end) throws Exception {
        var before = projections.rebuild(List.of(TABLE), null);
        assertThat(before).isPresent();
        acaba(before.get());
        prende(phase);
        var rebuild = phase == Phase.FOLD || phase == Phase.INDEX || phase == Phase.SWAP
                ? comeca()
                : projections.find(TABLE).orElseThrow().rebuildId();
        Awaitility.await().atMost(LONGE).until(() -> fase() == phase);

        osOutrosSeguem(phase);
        assertThat(fase()).isEqualTo(phase);

        switch (end) {
            case TERMINA -> {
                soltaTudo();
                assertThat(acaba(rebuild).state()).isEqualTo(State.DONE);
            }
            case CANCELADA -> {
                assertThat(projections.cancel(TABLE)).isTrue();
                assertThat(acaba(rebuild).state()).as("while it hangs").isEqualTo(State.CANCELLED);
                soltaTudo();
            }
            case SEM_CONEXAO -> {
                db.sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'")
                        .query((_, _) -> true)
                        .list();
                assertThat(acaba(rebuild).state()).as("while it hangs").isEqualTo(State.FAILED);
                soltaTudo();
            }
        }
        tabelas.emDia(LONGE);
        iguais();
    }

    @Test
    void a_volta_espera_por_um_leitor_sem_que_outros_esperem_atras_dela() throws Exception {
        acaba(comeca());
        execute(segunda, "select count(*) from ticket");
        var back = CompletableFuture.supplyAsync(() -> projections.goBack(TABLE));
        osOutrosSeguem(Phase.SWAP);
        assertThat(back).isNotDone();
        soltaTudo();
        assertThat(back.get()).isPresent();
        tabelas.emDia(LONGE);
        iguais();
    }

    @Test
    void o_que_um_processo_morto_deixou_e_encerrado_pelos_que_vivem() {
        db.sql("create table ticket_rebuild (like ticket)").update();
        new Rebuilds(db, clock).begin(UUID.randomUUID(), TABLE);
        Awaitility.await()
                .atMost(LONGE)
                .untilAsserted(() -> assertThat(projections.find(TABLE).orElseThrow())
                        .extracting(Rebuild::state, Rebuild::error)
                        .containsExactly(State.FAILED, "interrupted"));
        Awaitility.await().atMost(LONGE).until(() -> tabelas.sobras().isEmpty());
    }

    private UUID comeca() {
        return Awaitility.await()
                .atMost(LONGE)
                .until(() -> projections.rebuild(List.of(TABLE), null).orElse(null), id -> id != null);
    }

    /// Takes what the rebuild will need in that phase.
    private void prende(Phase phase) throws Exception {
        switch (phase) {
            case FOLD -> execute(other, "create table ticket_rebuild (x int)");
            case INDEX -> semIndice();
            case CATCH_UP -> {
                semIndice();
                comeca();
                Awaitility.await().atMost(LONGE).until(() -> fase() == Phase.INDEX);
                execute(segunda, "select from ticket_rebuild where id = '" + ticket.value() + "' for update");
                store.publish(historias.comentario(ticket));
                tabelas.emDia(LONGE);
                other.rollback();
            }
            case COMPARE -> {
                semIndice();
                comeca();
                Awaitility.await().atMost(LONGE).until(() -> fase() == Phase.INDEX);
                execute(segunda, "select from follower where name = '" + FOLLOWER + "' for update");
                store.publish(historias.comentario(ticket));
                tabelas.legivel(LONGE);
                other.rollback();
            }
            case SWAP -> execute(segunda, "select count(*) from ticket");
        }
    }

    /// Another index of the same name, not yet committed.
    private void semIndice() throws SQLException {
        execute(other, "create table outra (x int); create index ticket_newest_rebuild on outra (x)");
    }

    private void osOutrosSeguem(Phase phase) throws Exception {
        for (int i = 0; i < 5; i++) {
            historias.publicar(store, 5);
            tail.wake();
            var position = tabelas.ultimo();
            var names = followers.names().stream()
                    .filter(name -> phase != Phase.COMPARE || !name.equals(FOLLOWER))
                    .toList();
            assertThat(followers.awaitPosition(names, position, LONGE)).isTrue();
            lePronto("select count(*) from ticket");
            lePronto("select * from ticket order by created_at limit 10");
            lePronto("select * from auditoria_v2 order by position desc limit 10");
        }
    }

    /// Reads as a request does, but does not wait in a queue for more than a second.
    private void lePronto(String sql) throws SQLException {
        try (var reader = pool.getConnection()) {
            reader.setAutoCommit(false);
            execute(reader, "set local lock_timeout = '1s'");
            execute(reader, sql);
            reader.rollback();
            reader.setAutoCommit(true);
        }
    }

    private void soltaTudo() throws SQLException {
        other.rollback();
        segunda.rollback();
    }

    private Phase fase() {
        var rebuild = projections.find(TABLE).orElseThrow();
        assertThat(rebuild.state()).as(rebuild.toString()).isEqualTo(State.RUNNING);
        return rebuild.phase();
    }

    private Rebuild acaba(UUID id) {
        var rebuild = Awaitility.await()
                .atMost(LONGE)
                .until(() -> projections.find(TABLE).orElseThrow(), found -> found.state() != State.RUNNING);
        assertThat(rebuild.rebuildId()).isEqualTo(id);
        Awaitility.await().atMost(LONGE).until(() -> tabelas.count("pg_locks where locktype = 'advisory'") == 0);
        return rebuild;
    }

    private void iguais() {
        tabelas.conferem("in the end");
        // What a lost connection has left is cleaned up by the next one.
        acaba(comeca());
        assertThat(tabelas.sobras()).isEmpty();
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
