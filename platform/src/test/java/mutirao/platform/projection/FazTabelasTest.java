package mutirao.platform.projection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import mutirao.platform.start.StartFailure;
import mutirao.platform.test.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The kernel makes the tables that are declared, and makes no other of one that is there.
class FazTabelasTest {
    enum Pelo {
        CURTO
    }

    /// One of each kind of component.
    record Ficha(
            UUID id,
            long version,
            String name,
            @Nullable String nickname,
            Pelo fur,
            int lives,
            @Nullable Integer kittens,
            double kilos,
            boolean indoors,
            @Nullable Boolean vaccinated,
            BigDecimal price,
            List<String> friends,
            @Nullable Instant bornAt) {}

    record Nomes(UUID id, String name) {}

    private static final Table<Ficha> FICHA = Table.of(Gato.class, 2, Ficha.class)
            .with("search", String.class, Ficha::name)
            .with("rank", Integer.class, Ficha::lives)
            .index("name", "(organization_id, name, id)")
            .index("indoors", "(id) where indoors");
    private static final Table<Nomes> NOMES =
            Table.of("nomes", 1, Nomes.class).folding(Gato.class).index("name", "(name)");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcClient db = JdbcClient.create(database);

    @BeforeEach
    void as_tabelas_do_nucleo() {
        Flyway.configure().dataSource(database).load().migrate();
    }

    private void fazer(Table<?>... tables) {
        new TableMaker(db, new TransactionTemplate(new JdbcTransactionManager(database))).make(List.of(tables));
    }

    private List<String> colunas(String table) {
        return db.sql("""
                        select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' !' else '' end
                        from pg_attribute where attrelid = ?::regclass and attnum > 0 order by attnum
                        """).param(table).query(String.class).list();
    }

    private List<String> indices(String table) {
        return db.sql("select indexdef from pg_indexes where tablename = ? order by indexname")
                .param(table)
                .query(String.class)
                .list();
    }

    @Test
    void com_as_colunas_do_registro_as_calculadas_e_a_organizacao() {
        fazer(FICHA);
        assertThat(colunas("gato_v2"))
                .containsExactly(
                        "id uuid !",
                        "version bigint",
                        "name text !",
                        "nickname text",
                        "fur text !",
                        "lives integer",
                        "kittens integer",
                        "kilos double precision",
                        "indoors boolean",
                        "vaccinated boolean",
                        "price numeric !",
                        "friends jsonb !",
                        "born_at timestamp with time zone",
                        "search text",
                        "rank integer",
                        "organization_id uuid !");
        assertThat(indices("gato_v2"))
                .containsExactly(
                        "CREATE INDEX gato_v2_indoors ON public.gato_v2 USING btree (id) WHERE indoors",
                        "CREATE INDEX gato_v2_name ON public.gato_v2 USING btree (organization_id, name, id)",
                        "CREATE UNIQUE INDEX gato_v2_pkey ON public.gato_v2 USING btree (id)");
    }

    @Test
    void uma_vez_so_e_deixa_as_linhas() {
        fazer(NOMES);
        db.sql("insert into nomes values (gen_random_uuid(), 'Mia', gen_random_uuid())")
                .update();
        fazer(NOMES, FICHA);
        fazer(FICHA, NOMES);
        assertThat(db.sql("select name from nomes").query(String.class).list()).containsExactly("Mia");
    }

    @Test
    void tambem_quando_varios_processos_comecam_juntos() throws Exception {
        try (var processes = Executors.newFixedThreadPool(8)) {
            Callable<Void> process = () -> {
                fazer(FICHA, NOMES);
                return null;
            };
            for (var each : processes.invokeAll(
                    Stream.generate(() -> process).limit(8).toList(), PACIENCIA.toSeconds(), SECONDS)) {
                each.get();
            }
        }
        assertThat(db.sql("select name from projection_table order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("gato_v2", "nomes");
    }

    @Test
    void adota_a_que_uma_migracao_fez() {
        db.sql("create table nomes (organization_id uuid not null, id uuid primary key, name text, more int)")
                .update();
        db.sql("insert into nomes values (gen_random_uuid(), gen_random_uuid(), 'Mia', 1)")
                .update();
        fazer(NOMES);
        assertThat(indices("nomes")).hasSize(2).first().asString().contains("nomes_name");
        assertThat(db.sql("select name from nomes").query(String.class).list()).containsExactly("Mia");
        fazer(NOMES);
    }

    @Test
    void nao_adota_a_que_alguem_fez_de_outro_modo() {
        db.sql("create table nomes (id uuid primary key, name int not null)").update();
        assertThatThrownBy(() -> fazer(FICHA, NOMES))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "The table nomes is there, but not as it is declared: it has no name text, no organization_id uuid");
        assertThat(db.sql("select to_regclass('gato_v2') is null")
                        .query(Boolean.class)
                        .single())
                .as("all or none")
                .isTrue();
    }

    static Stream<Table<Nomes>> outras() {
        return Stream.of(
                NOMES.index("more", "(id, name)"),
                NOMES.with("search", String.class, Nomes::name),
                NOMES.keyed("name"),
                NOMES.folding(Set.of("gato", "tigela")),
                Table.of("nomes", 1, Nomes.class).index("name", "(name)"));
    }

    @ParameterizedTest
    @MethodSource("outras")
    void outra_declaracao_sem_outra_versao_nao_comeca(Table<Nomes> outra) {
        fazer(NOMES);
        assertThatThrownBy(() -> fazer(outra))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.action()).startsWith("Give its table version 2"));
        fazer(NOMES);
        fazer(new Table<>(
                outra.name(), 2, outra.contexts(), outra.row(), outra.key(), outra.derived(), outra.indexes()));
        assertThat(colunas("nomes_v2")).contains("name text !");
    }
}
