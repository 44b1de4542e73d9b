package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import mutirao.Mutirao;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.rest.Problem;
import mutirao.platform.test.TestDatabase;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A projection is changed by raising its version: nodes of both versions run side by side on one database, the new
/// one builds its table in the background and reads the old one meanwhile.
@ExtendWith(ComoCoordenacao.class)
class VersaoNovaTest {
    private final String database = TestDatabase.fresh();

    private ConfigurableApplicationContext velho;

    /// How many events each aggregate has.
    record Linha(UUID id, long events) {}

    /// The same, and the last of them.
    record LinhaNova(UUID id, long events, @Nullable String last) {}

    /// The same, of which no older row can say the last.
    record LinhaEstrita(UUID id, long events, String last) {}

    private static final Set<String> DE = Set.of("oferta", "ticket");
    private static final Table<Linha> VELHA =
            Table.of("contagem", 1, Linha.class).folding(DE);
    private static final Table<LinhaNova> NOVA =
            Table.of("contagem", 2, LinhaNova.class).folding(DE).index("last", "(last)");
    private static final Table<LinhaEstrita> ESTRITA =
            Table.of("contagem", 2, LinhaEstrita.class).folding(DE);

    private static final Contagem<Linha> CONTAGEM =
            new Contagem<>(VELHA, (row, meta) -> new Linha(meta.aggregateUuid(), row == null ? 1 : row.events() + 1));
    private static final Contagem<LinhaNova> CONTAGEM_NOVA = new Contagem<>(
            NOVA, (row, meta) -> new LinhaNova(meta.aggregateUuid(), row == null ? 1 : row.events() + 1, meta.type()));

    private static final Contagem<LinhaEstrita> CONTAGEM_ESTRITA = new Contagem<>(
            ESTRITA,
            (row, meta) -> new LinhaEstrita(meta.aggregateUuid(), row == null ? 1 : row.events() + 1, meta.type()));

    /// One version of the projection.
    record Contagem<R extends Record>(Table<R> table, BiFunction<@Nullable R, EventMeta, R> counted)
            implements Projection<DomainEvent, R> {
        @Override
        public Object keyOf(DomainEvent event, EventMeta meta) {
            return meta.aggregateUuid();
        }

        @Override
        public R evolve(@Nullable R row, DomainEvent event, EventMeta meta) {
            return counted.apply(row, meta);
        }
    }

    private ConfigurableApplicationContext no(ReadModel<?> model) {
        return new SpringApplicationBuilder(Mutirao.class, Tabelas.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "mutirao.side=query",
                        "spring.datasource.url=" + database,
                        "spring.datasource.username=postgres",
                        "spring.datasource.hikari.maximum-pool-size=12")
                .initializers(context -> context.getBeanFactory().registerSingleton("contagem", model))
                .run("--server.port=0");
    }

    @BeforeEach
    void a_versao_1_serve_ha_tempo() throws InterruptedException {
        velho = no(CONTAGEM);
        publicar(velho, 1, 200);
        emDia(velho);
    }

    @AfterEach
    void fim() {
        velho.close();
    }

    private static void publicar(ConfigurableApplicationContext node, long seed, int historias) {
        new Historias(new SplittableRandom(seed)).publicar(node.getBean(EventStore.class), historias);
    }

    private static void emDia(ConfigurableApplicationContext node) throws InterruptedException {
        node.getBean(Tabelas.class).emDia(List.of("projecao:contagem"), PACIENCIA);
    }

    private static List<String> linhas(ConfigurableApplicationContext node, Table<?> table) {
        return node.getBean(JdbcClient.class)
                .sql("select id || ' ' || events from "
                        + node.getBean(Serving.class).from(table) + " order by 1")
                .query(String.class)
                .list();
    }

    private static void construida(ConfigurableApplicationContext node) {
        Awaitility.await()
                .atMost(PACIENCIA)
                .until(() -> node.getBean(Projections.class)
                        .standing("contagem")
                        .state()
                        .equals("LIVE"));
    }

    @Test
    void a_nova_se_constroi_ao_lado_da_velha_que_continua_servindo() throws Exception {
        var db = velho.getBean(JdbcClient.class);
        var before = linhas(velho, VELHA);
        try (var lock = Session.open(velho.getBean(DataSource.class)).orElseThrow();
                var novo = no(CONTAGEM_NOVA)) {
            // Somebody else rebuilds: the new version waits, and reads the old one's table.
            assertThat(novo.getBean(Projections.class).standing("contagem").state())
                    .isEqualTo("REBUILDING");
            assertThat(linhas(novo, NOVA)).isEqualTo(before);
            assertThat(db.sql("select last from " + novo.getBean(Serving.class).from(NOVA) + " limit 1")
                            .query((row, _) -> String.valueOf(row.getString(1)))
                            .single())
                    .isEqualTo("null");
            publicar(velho, 2, 20);
            emDia(velho);
            assertThat(linhas(novo, NOVA)).hasSizeGreaterThan(before.size());
            lock.close();

            construida(novo);
            assertThat(novo.getBean(Serving.class).from(NOVA)).contains("contagem_v2");
            var rebuild = novo.getBean(Projections.class).find("contagem").orElseThrow();
            assertThat(rebuild.state()).isEqualTo(Rebuild.State.DONE);
            assertThat(requireNonNull(rebuild.differences()).total())
                    .as("compared with the old one's rows, in the columns that both have")
                    .isZero();
            assertThat(db.sql("select indexname from pg_indexes where tablename = 'contagem_v2'")
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder("contagem_v2_pkey", "contagem_v2_last");

            // Both go on, each with its own.
            publicar(novo, 3, 20);
            emDia(velho);
            emDia(novo);
            assertThat(linhas(novo, NOVA)).isEqualTo(linhas(velho, VELHA));
            assertThat(db.sql("select count(*) from contagem_v2 where last is null")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void a_volta_ao_programa_velho_encontra_sua_tabela() throws Exception {
        velho.close();
        try (var novo = no(CONTAGEM_NOVA)) {
            construida(novo);
            publicar(novo, 2, 20);
            emDia(novo);
        }
        velho = no(CONTAGEM);
        emDia(velho);
        assertThat(linhas(velho, VELHA))
                .isEqualTo(velho.getBean(JdbcClient.class)
                        .sql("select id || ' ' || events from contagem_v2 order by 1")
                        .query(String.class)
                        .list());
    }

    @Test
    void sem_substituta_a_leitura_diz_que_volte() {
        try (var lock = Session.open(velho.getBean(DataSource.class)).orElseThrow();
                var novo = no(CONTAGEM_ESTRITA)) {
            assertThatThrownBy(() -> novo.getBean(Serving.class).from(NOVA))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("sendo construída");
            lock.close();
            construida(novo);
            assertThat(linhas(novo, NOVA)).isEqualTo(linhas(velho, VELHA));
        }
    }
}
