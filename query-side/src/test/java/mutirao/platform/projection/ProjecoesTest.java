package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import mutirao.Mutirao;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Followers;
import mutirao.platform.test.FreshDatabase;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Every projection gives the same rows as a fold in memory, live, live again after a rollback, and rebuilt.
@SpringBootTest(classes = Mutirao.class, properties = "mutirao.side=query")
@ContextConfiguration(initializers = FreshDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjecoesTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());

    @Autowired
    Projections projections;

    @Autowired
    List<ReadModel<?>> definitions;

    @Autowired
    Followers followers;

    @Autowired
    EventLog log;

    @Autowired
    EventStore store;

    @Autowired
    DataSource pool;

    @Autowired
    JdbcClient db;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeAll
    void mil_historias() throws InterruptedException {
        new Historias(new SplittableRandom(SEED)).publicar(store, 1000);
        Awaitility.await().until(() -> log.horizon() == count("domain_event"));
        assertThat(followers.awaitPosition(followers.names(), log.horizon(), Duration.ofSeconds(60)))
                .isTrue();
    }

    List<ReadModel<?>> todas() {
        return definitions;
    }

    @ParameterizedTest
    @MethodSource("todas")
    void ao_vivo_e_igual_a_um_fold(ReadModel<?> projection) {
        var table = projection.table().name();
        assertThat(count(table)).isPositive();
        assertThat(rows(table)).as("seed " + SEED).isEqualTo(folded(projection));
    }

    @ParameterizedTest
    @MethodSource("todas")
    void ao_vivo_duas_vezes_da_mesma_posicao_da_o_mesmo(ReadModel<?> projection) {
        var table = projection.table().name();
        var shadow = table + "_de_novo";
        db.sql("create table " + shadow + " (like " + table + " including all)").update();
        var subscriber = new ProjectionSubscriber<>(projection, pool);
        var transaction = new TransactionTemplate(transactions);
        var position = 0L;
        while (position < log.horizon()) {
            var events = log.read(position, log.horizon(), projection.contexts(), 700);
            transaction.executeWithoutResult(status -> {
                subscriber.handle(shadow, events);
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(_ -> subscriber.handle(shadow, events));
            position = events.size() == 700 ? events.getLast().meta().position() : log.horizon();
        }
        assertThat(rows(shadow)).as("seed " + SEED).isEqualTo(rows(table));
    }

    @ParameterizedTest
    @MethodSource("todas")
    void reconstruida_e_igual_linha_por_linha(ReadModel<?> projection) {
        var table = projection.table().name();
        var before = rows(table);
        var indexes = indexes(table);
        var id = projections.rebuild(List.of(table), null).orElseThrow();
        var rebuild = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.find(table).orElseThrow(), found -> found.state() != Rebuild.State.RUNNING);
        assertThat(rebuild.rebuildId()).isEqualTo(id);
        assertThat(rebuild.state()).as(rebuild.toString()).isEqualTo(Rebuild.State.DONE);
        assertThat(requireNonNull(rebuild.differences()).total()).isZero();
        assertThat(rebuild.rows()).isEqualTo(before.size());
        assertThat(rows(table)).isEqualTo(before);
        assertThat(indexes(table)).isEqualTo(indexes);
    }

    @Test
    void uma_reconstrucao_mostra_as_linhas_que_divergiam_e_as_conserta() {
        db.sql("delete from ticket where id = (select id from ticket order by id limit 1)")
                .update();
        db.sql(
                        "update ticket set title = 'mudado por fora' where id = (select id from ticket order by id desc limit 1)")
                .update();
        Awaitility.await()
                .until(() -> projections
                        .rebuild(List.of("ticket"), OnDifference.SWAP)
                        .isPresent());
        var rebuild = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.find("ticket").orElseThrow(), found -> found.state() != Rebuild.State.RUNNING);
        assertThat(requireNonNull(rebuild.differences()).total()).isEqualTo(2);
        assertThat(rows("ticket")).isEqualTo(folded(definition("ticket")));
    }

    @Test
    void so_uma_reconstrucao_por_vez() throws Exception {
        try (var other = pool.getConnection();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Session.LOCK + ")");
            assertThat(projections.rebuild(List.of("oferta"), null)).isEmpty();
            statement.execute("select pg_advisory_unlock(" + Session.LOCK + ")");
        }
    }

    private ReadModel<?> definition(String table) {
        return definitions.stream()
                .filter(projection -> projection.table().name().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private List<String> folded(ReadModel<?> projection) {
        return new Tabelas(pool, log).folded(projection);
    }

    private List<String> rows(String table) {
        return new Tabelas(pool, log).rows(table);
    }

    private List<Map<String, Object>> indexes(String table) {
        return db.sql("select indexname, indexdef from pg_indexes where tablename = ? order by 1")
                .param(table)
                .query()
                .listOfRows();
    }

    private long count(String table) {
        return db.sql("select count(*) from " + table).query(Long.class).single();
    }
}
