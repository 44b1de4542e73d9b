package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.projection.Differences.Kind;
import mutirao.platform.projection.Differences.Row;
import mutirao.platform.rest.Traffic;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Followers;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Every projection gives the same rows as a fold in memory, live, live again after a rollback, and rebuilt.
@Consulta
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjecoesTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());

    @Autowired
    Projections projections;

    @Autowired
    List<ReadModel<?>> definitions;

    @Autowired
    Tabelas tabelas;

    @Autowired
    ObjectProvider<Followers> provider;

    @Autowired
    Serving serving;

    @Autowired
    Traffic traffic;

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
        tabelas.emDia();
    }

    List<ReadModel<?>> todas() {
        return definitions;
    }

    @ParameterizedTest
    @MethodSource("todas")
    void ao_vivo_e_igual_a_um_fold(ReadModel<?> projection) {
        var table = projection.table().physical();
        assertThat(tabelas.count(table)).isPositive();
        assertThat(tabelas.rows(table)).as("seed " + SEED).isEqualTo(tabelas.folded(projection));
    }

    @ParameterizedTest
    @MethodSource("todas")
    void ao_vivo_duas_vezes_da_mesma_posicao_da_o_mesmo(ReadModel<?> projection) {
        var table = projection.table().physical();
        var shadow = table + "_de_novo";
        db.sql("create table " + shadow + " (like " + table + " including all)").update();
        var subscriber = new ProjectionSubscriber<>(projection, pool);
        var transaction = new TransactionTemplate(transactions);
        var position = 0L;
        while (position < log.horizon()) {
            var events = log.read(position, log.horizon(), projection.table().contexts(), 700);
            transaction.executeWithoutResult(status -> {
                subscriber.handle(shadow, events);
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(_ -> subscriber.handle(shadow, events));
            position = events.size() == 700 ? events.getLast().meta().position() : log.horizon();
        }
        assertThat(tabelas.rows(shadow)).as("seed " + SEED).isEqualTo(tabelas.rows(table));
    }

    @ParameterizedTest
    @MethodSource("todas")
    void reconstruida_e_igual_linha_por_linha(ReadModel<?> projection) {
        var name = projection.table().name();
        var table = projection.table().physical();
        var before = tabelas.rows(table);
        var indexes = indexes(table);
        var id = projections.rebuild(List.of(name), null).orElseThrow();
        var rebuild = ended(name);
        assertThat(rebuild.rebuildId()).isEqualTo(id);
        assertThat(rebuild.state()).as(rebuild.toString()).isEqualTo(Rebuild.State.DONE);
        assertThat(requireNonNull(rebuild.differences()).total()).isZero();
        assertThat(rebuild.rows()).isEqualTo(before.size());
        assertThat(tabelas.rows(table)).isEqualTo(before);
        assertThat(indexes(table)).isEqualTo(indexes);
    }

    @ParameterizedTest
    @MethodSource("todas")
    void com_poucas_linhas_na_memoria_da_o_mesmo(ReadModel<?> projection) {
        var name = projection.table().name();
        var table = projection.table().physical();
        var before = tabelas.rows(table);
        var few = new Projections(
                List.of(projection), provider, log, new DeadLetters(db), pool, serving, Clock.systemUTC(), traffic, 7);
        few.start();
        try {
            begin(few, List.of(name), OnDifference.STOP);
            var rebuild = ended(name);
            assertThat(rebuild.state()).as(rebuild.toString()).isEqualTo(Rebuild.State.DONE);
            assertThat(tabelas.rows(table)).as("seed " + SEED).isEqualTo(before);
        } finally {
            few.stop();
        }
    }

    @Test
    void uma_definicao_igual_que_diverge_para_a_reconstrucao_e_mostra_onde() {
        var missing = db.sql("select id from ticket order by id limit 1")
                .query(UUID.class)
                .single();
        var extra = db.sql("select id from ticket order by id offset 1 limit 1")
                .query(UUID.class)
                .single();
        var changed = db.sql("select id from ticket order by id desc limit 1")
                .query(UUID.class)
                .single();
        var stranger = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");
        db.sql("delete from ticket where id in (?, ?)").params(missing, extra).update();
        db.sql("update ticket set title = 'mudado por fora', reopenings = 77 where id = ?")
                .param(changed)
                .update();
        db.sql("insert into ticket select (jsonb_populate_record(t, jsonb_build_object('id', ?::text))).* from ticket t"
                        + " where id = ?")
                .params(stranger, changed)
                .update();
        var served = tabelas.rows("ticket");

        begin(projections, List.of("ticket"), null);
        var stopped = ended("ticket");
        assertThat(stopped.state()).isEqualTo(Rebuild.State.FAILED);
        assertThat(stopped.error()).contains("4 rows differ");
        assertThat(tabelas.rows("ticket")).isEqualTo(served);
        var differences = requireNonNull(stopped.differences());
        assertThat(differences.total()).isEqualTo(4);
        assertThat(differences.extra()).isEqualTo(2);
        assertThat(differences.missing()).isEqualTo(1);
        assertThat(differences.different()).isEqualTo(1);
        assertThat(differences.columns()).containsOnly(Map.entry("title", 1L), Map.entry("reopenings", 1L));
        assertThat(differences.sample())
                .containsExactlyInAnyOrder(
                        new Row(missing.toString(), Kind.EXTRA, List.of()),
                        new Row(extra.toString(), Kind.EXTRA, List.of()),
                        new Row(stranger.toString(), Kind.MISSING, List.of()),
                        new Row(changed.toString(), Kind.DIFFERENT, List.of("title", "reopenings")));

        begin(projections, List.of("ticket"), OnDifference.SWAP);
        assertThat(ended("ticket").state()).isEqualTo(Rebuild.State.DONE);
        assertThat(tabelas.rows("ticket")).isEqualTo(tabelas.folded(definition("ticket")));
    }

    @Test
    void a_tabela_anterior_volta_em_dia_e_a_volta_se_desfaz() throws InterruptedException {
        var indexes = indexes("necessidade_v2");
        db.sql("update necessidade_v2 set reason = 'marca da tabela velha'").update();
        begin(projections, List.of("necessidade"), OnDifference.SWAP);
        assertThat(ended("necessidade").state()).isEqualTo(Rebuild.State.DONE);
        assertThat(marked()).isZero();
        var old = tabelas.count("necessidade_v2");
        new Historias(new SplittableRandom(SEED + 1)).publicar(store, 50);
        tabelas.emDia();
        var now = tabelas.count("necessidade_v2");
        assertThat(now).isGreaterThan(old);

        assertThat(projections.goBack("necessidade")).isPresent();
        assertThat(marked()).isEqualTo(old);
        assertThat(tabelas.count("necessidade_v2")).isEqualTo(now);
        assertThat(indexes("necessidade_v2")).isEqualTo(indexes);
        new Historias(new SplittableRandom(SEED + 2)).publicar(store, 50);
        tabelas.emDia();
        assertThat(tabelas.count("necessidade_v2")).isGreaterThan(now);

        assertThat(projections.goBack("necessidade")).isPresent();
        assertThat(tabelas.rows("necessidade_v2")).isEqualTo(tabelas.folded(definition("necessidade")));
        assertThat(indexes("necessidade_v2")).isEqualTo(indexes);
    }

    private long marked() {
        return db.sql("select count(*) from necessidade_v2 where reason = 'marca da tabela velha'")
                .query(Long.class)
                .single();
    }

    @Test
    void uma_reconstrucao_se_cancela_de_qualquer_processo() throws Exception {
        var before = tabelas.rows("entrega");
        try (var other = pool.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table entrega in access share mode"); // a long reader: the swap must wait
            begin(projections, List.of("entrega"), null);
            Awaitility.await()
                    .until(() -> projections.find("entrega").orElseThrow().phase() == Rebuild.Phase.SWAP);
            assertThat(projections.standing("entrega").state()).isEqualTo("REBUILDING");
            assertThat(new Rebuilds(db, Clock.systemUTC()).cancel("entrega")).isTrue();
            assertThat(ended("entrega").state()).isEqualTo(Rebuild.State.CANCELLED);
        }
        assertThat(tabelas.rows("entrega")).isEqualTo(before);
        assertThat(projections.cancel("entrega")).isFalse();
        assertThat(db.sql("select to_regclass('entrega_rebuild') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
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

    private static void begin(Projections here, List<String> names, OnDifference onDifference) {
        assertThat(here.rebuild(names, onDifference)).isPresent();
    }

    /// The table's last rebuild, when it has ended and another may begin.
    private Rebuild ended(String table) {
        var rebuild = Awaitility.await()
                .atMost(PACIENCIA)
                .until(() -> projections.find(table).orElseThrow(), found -> found.state() != Rebuild.State.RUNNING);
        Awaitility.await().until(() -> {
            var session = Session.open(pool);
            session.ifPresent(Session::close);
            return session.isPresent();
        });
        return rebuild;
    }

    private ReadModel<?> definition(String table) {
        return definitions.stream()
                .filter(projection -> projection.table().name().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private List<Map<String, Object>> indexes(String table) {
        return db.sql("select indexname, indexdef from pg_indexes where tablename = ? order by 1")
                .param(table)
                .query()
                .listOfRows();
    }
}
