package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import mutirao.Mutirao;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.rest.Problem;
import mutirao.platform.stream.Followers;
import mutirao.platform.test.TestDatabase;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A projection is changed by raising its version: nodes of both versions run side by side on one database, the new
/// one builds its table in the background and reads the old one meanwhile.
class VersaoNovaTest {
    private final String database = TestDatabase.fresh();

    private ConfigurableApplicationContext velho;

    /// How many events each aggregate has.
    static final class Contagem implements Projection<DomainEvent, Contagem.Linha> {
        static final Table<Linha> TABLE = Table.of("contagem", 1, Linha.class);

        record Linha(UUID id, long events) {}

        @Override
        public Table<Linha> table() {
            return TABLE;
        }

        @Override
        public Set<String> contexts() {
            return Set.of("oferta", "ticket");
        }

        @Override
        public Object keyOf(DomainEvent event, EventMeta meta) {
            return meta.aggregateUuid();
        }

        @Override
        public Linha evolve(@Nullable Linha row, DomainEvent event, EventMeta meta) {
            return new Linha(meta.aggregateUuid(), row == null ? 1 : row.events() + 1);
        }
    }

    /// The same, and the last of them.
    static final class ContagemNova implements Projection<DomainEvent, ContagemNova.Linha> {
        static final Table<Linha> TABLE = Table.of("contagem", 2, Linha.class);

        record Linha(UUID id, long events, @Nullable String last) {}

        @Override
        public Table<Linha> table() {
            return TABLE;
        }

        @Override
        public Set<String> contexts() {
            return Set.of("oferta", "ticket");
        }

        @Override
        public Object keyOf(DomainEvent event, EventMeta meta) {
            return meta.aggregateUuid();
        }

        @Override
        public Linha evolve(@Nullable Linha row, DomainEvent event, EventMeta meta) {
            return new Linha(meta.aggregateUuid(), row == null ? 1 : row.events() + 1, meta.type());
        }
    }

    /// @param ddl the migrations that its version brings
    private ConfigurableApplicationContext no(ReadModel<?> model, String... ddl) {
        var locations = Stream.concat(Stream.of("classpath:db/migration", "classpath:db/contagem/v1"), Stream.of(ddl))
                .collect(Collectors.joining(","));
        return new SpringApplicationBuilder(Mutirao.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "mutirao.side=query",
                        "spring.flyway.locations=" + locations,
                        "spring.datasource.url=" + database,
                        "spring.datasource.username=postgres",
                        "spring.datasource.hikari.maximum-pool-size=12")
                .initializers(context -> context.getBeanFactory().registerSingleton("contagem", model))
                .run("--server.port=0");
    }

    @BeforeEach
    void a_versao_1_serve_ha_tempo() throws InterruptedException {
        velho = no(new Contagem());
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
        var db = node.getBean(JdbcClient.class);
        var head = db.sql("select max(global_index) from domain_event")
                .query(Long.class)
                .single();
        assertThat(node.getBean(Followers.class)
                        .awaitPosition(List.of("projecao:contagem"), head, Duration.ofSeconds(60)))
                .isTrue();
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
                .atMost(Duration.ofSeconds(60))
                .until(() -> node.getBean(Projections.class)
                        .standing("contagem")
                        .state()
                        .equals("LIVE"));
    }

    @Test
    void a_nova_se_constroi_ao_lado_da_velha_que_continua_servindo() throws Exception {
        var db = velho.getBean(JdbcClient.class);
        var before = linhas(velho, Contagem.TABLE);
        try (var lock = Session.open(velho.getBean(DataSource.class)).orElseThrow();
                var novo = no(new ContagemNova(), "classpath:db/contagem/v2")) {
            // Somebody else rebuilds: the new version waits, and reads the old one's table.
            assertThat(novo.getBean(Projections.class).standing("contagem").state())
                    .isEqualTo("REBUILDING");
            assertThat(linhas(novo, ContagemNova.TABLE)).isEqualTo(before);
            assertThat(db.sql("select last from " + novo.getBean(Serving.class).from(ContagemNova.TABLE) + " limit 1")
                            .query((row, _) -> String.valueOf(row.getString(1)))
                            .single())
                    .isEqualTo("null");
            publicar(velho, 2, 20);
            emDia(velho);
            assertThat(linhas(novo, ContagemNova.TABLE)).hasSizeGreaterThan(before.size());
            lock.close();

            construida(novo);
            assertThat(novo.getBean(Serving.class).from(ContagemNova.TABLE)).contains("contagem_v2");
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
            assertThat(linhas(novo, ContagemNova.TABLE)).isEqualTo(linhas(velho, Contagem.TABLE));
            assertThat(db.sql("select count(*) from contagem_v2 where last is null")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void a_volta_ao_programa_velho_encontra_sua_tabela() throws Exception {
        velho.close();
        try (var novo = no(new ContagemNova(), "classpath:db/contagem/v2")) {
            construida(novo);
            publicar(novo, 2, 20);
            emDia(novo);
        }
        velho = no(new Contagem());
        emDia(velho);
        assertThat(linhas(velho, Contagem.TABLE))
                .isEqualTo(velho.getBean(JdbcClient.class)
                        .sql("select id || ' ' || events from contagem_v2 order by 1")
                        .query(String.class)
                        .list());
    }

    @Test
    void sem_substituta_a_leitura_diz_que_volte() {
        try (var lock = Session.open(velho.getBean(DataSource.class)).orElseThrow();
                var novo = no(new ContagemNova(), "classpath:db/contagem/v2-estrita")) {
            assertThatThrownBy(() -> novo.getBean(Serving.class).from(ContagemNova.TABLE))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("sendo construída");
            lock.close();
            construida(novo);
            assertThat(linhas(novo, ContagemNova.TABLE)).isEqualTo(linhas(velho, Contagem.TABLE));
        }
    }
}
