package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mutirao.platform.test.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Order of insertion is not order of commit: what a reader may pass, and what it must wait for.
class HorizonTest {
    private final PGSimpleDataSource pool = new PGSimpleDataSource();
    private final List<Connection> open = new ArrayList<>();
    private JdbcClient db;
    private Horizon horizon;

    @BeforeEach
    void um_armazem_vazio() {
        pool.setUrl(TestDatabase.fresh());
        pool.setUser("postgres");
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        db = JdbcClient.create(pool);
        horizon = new Horizon(pool);
    }

    @AfterEach
    void fecha_o_que_ficou_aberto() throws SQLException {
        for (var connection : open) {
            connection.close();
        }
    }

    @Test
    void vai_ate_o_ultimo_quando_ninguem_escreve() throws SQLException {
        assertThat(horizon.advance()).isZero();
        commit(writer(), writer(), writer());
        assertThat(horizon.advance()).isEqualTo(3);
        assertThat(horizon.waiting()).isFalse();
    }

    @Test
    void nao_passa_de_um_buraco_enquanto_o_seu_escritor_esta_aberto() throws SQLException {
        var slow = writer();
        commit(writer());
        assertThat(horizon.advance()).isZero();
        assertThat(horizon.waiting()).isTrue();
        slow.commit();
        assertThat(horizon.advance()).isEqualTo(2);
    }

    @Test
    void uma_posicao_que_foi_sorteada_pode_ter_um_evento_e_nenhuma_outra() throws SQLException {
        var log = new PostgresEventLog(horizon, new EventTypes(Context.all()), _ -> Map.of(), db);
        commit(writer());
        log.advance();
        var slow = writer();

        assertThat(log.mayHave(1)).isTrue();
        assertThat(log.mayHave(2)).as("of a writer that has not committed").isTrue();
        assertThat(log.mayHave(3)).isFalse();
        commit(writer());
        assertThat(log.mayHave(3))
                .as("of another process, behind what can be read here")
                .isTrue();
        slow.rollback();
        assertThat(log.mayHave(4)).isFalse();
    }

    @Test
    void passa_do_buraco_que_um_rollback_deixou() throws SQLException {
        var slow = writer();
        commit(writer());
        assertThat(horizon.advance()).isZero();
        slow.rollback();
        assertThat(horizon.advance()).isEqualTo(2);
    }

    @Test
    void nao_espera_por_quem_comecou_depois_de_o_buraco_ser_visto() throws SQLException {
        var slow = writer();
        commit(writer());
        horizon.advance();
        var later = writer();
        slow.rollback();
        assertThat(horizon.advance()).as("the later writer is still open").isEqualTo(2);
        later.commit();
        assertThat(horizon.advance()).isEqualTo(3);
    }

    /// One gap behind the other, and somebody slow who comes before the first has been passed.
    @Test
    void so_espera_por_quem_estava_aberto_quando_o_evento_entrou() throws SQLException {
        var slow = writer();
        commit(writer());
        assertThat(horizon.advance()).isZero();
        var gone = writer();
        commit(writer());
        gone.rollback();
        assertThat(horizon.advance()).isZero();
        var later = writer();
        assertThat(horizon.advance()).isZero();
        slow.rollback();
        assertThat(horizon.advance()).as("the later writer is still open").isEqualTo(4);
        later.commit();
        assertThat(horizon.advance()).isEqualTo(5);
    }

    @Test
    void le_o_que_esta_antes_do_buraco() throws SQLException {
        commit(writer(), writer());
        var slow = writer();
        commit(writer());
        assertThat(horizon.advance()).isEqualTo(2);
        slow.commit();
        assertThat(horizon.advance()).isEqualTo(4);
    }

    @Test
    void espera_uma_transacao_preparada() throws SQLException {
        var prepared = writer();
        execute(prepared, "prepare transaction 'p'");
        commit(writer());
        assertThat(horizon.advance()).isZero();
        db.sql("commit prepared 'p'").update();
        assertThat(horizon.advance()).isEqualTo(2);
    }

    /// What a savepoint took back is gone at once, and so is its lock: its index will never appear.
    @Test
    void o_que_um_savepoint_desfez_nao_segura_ninguem() throws SQLException {
        var writer = connection();
        execute(writer, "savepoint s");
        insert(writer);
        execute(writer, "rollback to savepoint s");
        commit(writer());
        assertThat(horizon.advance()).isEqualTo(2);
        insert(writer);
        commit(writer());
        assertThat(horizon.advance()).isEqualTo(2);
        writer.commit();
        assertThat(horizon.advance()).isEqualTo(4);
    }

    @Test
    void nao_espera_por_quem_so_le() throws SQLException {
        var reader = connection();
        execute(reader, "select count(*) from domain_event");
        var gone = writer();
        commit(writer());
        gone.rollback();
        assertThat(horizon.advance()).isEqualTo(2);
    }

    /// Eight writers commit out of order and roll back at random while a reader follows: it never goes past an index
    /// that appears later.
    @Test
    void nada_e_pulado_sob_escritores_concorrentes() throws Exception {
        var seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<Void>>();
            for (int i = 0; i < 8; i++) {
                var own = random.split();
                writers.add(threads.submit(() -> write(own, 100)));
            }
            var seen = new ArrayList<Long>();
            var position = 0L;
            while (!writers.stream().allMatch(Future::isDone) || position < horizon.advance()) {
                var to = horizon.advance();
                seen.addAll(read(position, to));
                position = to;
            }
            for (var writer : writers) {
                writer.get();
            }
            assertThat(seen).as("seed " + seed).isEqualTo(read(0, Long.MAX_VALUE));
        }
    }

    private Void write(SplittableRandom random, int transactions) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                for (int n = random.nextInt(1, 4); n > 0; n--) {
                    insert(connection);
                }
                if (random.nextInt(4) == 0) {
                    execute(connection, "select pg_sleep(" + random.nextDouble(0.02) + ")"); // a slow writer
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
        return null;
    }

    private List<Long> read(long after, long upTo) {
        return db.sql("select global_index from domain_event where global_index > ? and global_index <= ? order by 1")
                .param(after)
                .param(upTo)
                .query(Long.class)
                .list();
    }

    private static void commit(Connection... writers) throws SQLException {
        for (var writer : writers) {
            writer.commit();
        }
    }

    private Connection writer() throws SQLException {
        var connection = connection();
        insert(connection);
        return connection;
    }

    private Connection connection() throws SQLException {
        var connection = pool.getConnection();
        connection.setAutoCommit(false);
        open.add(connection);
        return connection;
    }

    private static void insert(Connection connection) throws SQLException {
        var id = UUID.randomUUID();
        execute(
                connection,
                "insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
                        + " payload_type, payload, meta_data) values ('%s', 'x-%s', 0, 'x', now(), 'x.X', '{}', '{}')"
                                .formatted(id, id));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
