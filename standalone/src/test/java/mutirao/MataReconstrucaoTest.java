package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the program or of its PostgreSQL in each phase of a rebuild: the old table serves on with all its rows,
/// nothing else is left, and the next rebuild finds no difference.
///
/// `-Dvezes=50` kills so often: in each phase in turn, held there by a lock, and every second time at a moment of
/// chance. `-Dsemente=` repeats a run's decisions.
class MataReconstrucaoTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());
    private static final int VEZES = Integer.getInteger("vezes", 6);
    private static final int COPIAS = Integer.getInteger("copias", 1000);
    private static final List<String> FASES = List.of("FOLD", "INDEX", "CATCH_UP", "COMPARE", "SWAP");
    private static final Duration LONGE = PACIENCIA;

    @TempDir
    Path dir;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, Integer> mortes = new TreeMap<>();
    private final List<Connection> sessoes = new ArrayList<>();
    private Programa programa;
    private UUID ticket;

    @BeforeEach
    void parte() throws Exception {
        programa = novo();
        var api = programa.api();
        for (int i = 0; i < 5; i++) {
            api.necessidade("água", 10).com(201);
            ticket = api.post("/api/tickets", """
                            {"title": "Falta luz", "description": "no abrigo", "category": "rede", "priority": "ALTA"}
                            """).com(201).id();
            comenta();
        }
        programa.multiplica(COPIAS);
        emDia();
    }

    private Programa novo() throws IOException {
        return Programa.em(dir, "--mutirao.demo=false");
    }

    @AfterEach
    void para() throws Exception {
        solta();
        programa.close();
    }

    @Test
    void sempre_se_recupera() throws Exception {
        for (int vez = 0; vez < VEZES; vez++) {
            var phase = FASES.get(vez % FASES.size());
            var held = vez < FASES.size() || random.nextBoolean();
            var program = vez < FASES.size() || random.nextInt(3) > 0;
            var what = "seed %d, kill %d: %s of the %s"
                    .formatted(SEED, vez, held ? phase : "any phase", program ? "program" : "database");
            if (held) {
                comecaPresa(phase);
            } else {
                comecaLivre();
            }
            var before = somas(held && phase.equals("COMPARE"));
            var found = mata(program);
            mortes.merge(found + (program ? " program" : " database"), 1, Integer::sum);
            confere(what, before);
            System.out.println(mortes);
        }
    }

    private void comecaLivre() throws SQLException {
        emDia();
        programa.api().post("/api/projecoes/reconstrucao", null).com(202);
        passam(random.nextDouble(Double.parseDouble(System.getProperty("ate", "1.5"))));
    }

    /// Begins a rebuild that does not get beyond a phase, for a lock of another session.
    private void comecaPresa(String phase) throws Exception {
        var one = sessao();
        var two = sessao();
        switch (phase) {
            case "FOLD" -> execute(one, "create table ticket_rebuild (x int)");
            case "SWAP" -> execute(one, "select count(*) from ticket");
            default -> execute(one, "create table outra (x int); create index ticket_newest_rebuild on outra (x)");
        }
        programa.api().post("/api/projecoes/ticket/reconstrucao", null).com(202);
        if (phase.equals("CATCH_UP") || phase.equals("COMPARE")) {
            ate("INDEX");
            execute(
                    two,
                    phase.equals("COMPARE")
                            ? "select from follower where name = 'projecao:ticket' for update"
                            : "select from ticket_rebuild where id = '" + ticket + "' for update");
            comenta();
            emDia(phase.equals("COMPARE") ? "projecao:auditoria@2" : "projecao:%");
            one.rollback();
        }
        ate(phase);
    }

    private void ate(String phase) {
        programa.api()
                .ate(
                        "/api/projecoes/ticket/reconstrucao",
                        seen -> seen.get("phase").asString().equals(phase));
    }

    /// @return the phase it was in
    private String mata(boolean program) throws Exception {
        var phase = "none";
        var dying = programa.banco();
        if (program) {
            programa.matar();
        }
        try (var db = programa.sql();
                var row = db.createStatement()
                        .executeQuery("select coalesce(min(phase) filter (where processed > 0), min(phase), 'none')"
                                + " from projection_rebuild where state = 'RUNNING'")) {
            row.next();
            phase = row.getString(1);
        }
        if (program) {
            solta();
            programa = novo();
        } else {
            dying.destroyForcibly();
            dying.onExit().get();
            solta();
        }
        return phase;
    }

    private void confere(String what, Map<String, String> before) throws Exception {
        var api = programa.api();
        await(what)
                .atMost(LONGE)
                .ignoreExceptions()
                .until(() -> consulta("select count(*) from projection_rebuild where state = 'RUNNING'")
                        .equals("0"));
        if (!sobras().isEmpty()) {
            // Only the death of the database leaves it to the next rebuild.
            assertThat(what).endsWith("database");
        }
        emDia();
        assertThat(somas(!before.containsKey("ticket"))).as(what).isEqualTo(before);
        await(what)
                .atMost(LONGE)
                .until(() -> api.post("/api/projecoes/reconstrucao", null).status() == 202);
        for (var table : somas(false).keySet()) {
            var name = table.replaceFirst("_v\\d+$", "");
            var rebuild = await(what)
                    .atMost(LONGE)
                    .until(
                            () -> api.get("/api/projecoes/" + name + "/reconstrucao")
                                    .json(),
                            seen -> !seen.get("state").asString().equals("RUNNING"));
            assertThat(rebuild.get("state").asString()).as(what + rebuild).isEqualTo("DONE");
            assertThat(rebuild.get("differences").get("total").asLong())
                    .as(what + rebuild)
                    .isZero();
        }
        assertThat(somas(!before.containsKey("ticket"))).as(what).isEqualTo(before);
        assertThat(sobras()).as(what).isEmpty();
        await(what)
                .atMost(LONGE)
                .until(() -> consulta("select count(*) from pg_locks where locktype = 'advisory'")
                        .equals("0"));
    }

    private String sobras() throws Exception {
        return consulta("select coalesce(string_agg(relname, ' '), '') from pg_class"
                + " where relkind = 'r' and relname ~ '_(rebuild|aside)$' and relname <> 'projection_rebuild'");
    }

    /// A checksum of each projection's table.
    ///
    /// @param semTicket without the one that is kept from reading, and the one that reads what it would have
    private Map<String, String> somas(boolean semTicket) throws Exception {
        var sums = new TreeMap<String, String>();
        for (var table : List.of(
                "auditoria_v2",
                "entrega",
                "necessidade_v2",
                "necessidade_publica",
                "oferta_v3",
                "oferta_reserva",
                "ticket")) {
            if (!semTicket || !table.equals("ticket")) {
                sums.put(
                        table,
                        consulta(
                                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
                                        + " from " + table + " t"));
            }
        }
        return sums;
    }

    private void emDia() {
        emDia("projecao:%");
    }

    /// Waits until these have read everything.
    private void emDia(String followers) {
        await().atMost(LONGE)
                .ignoreExceptions()
                .until(() -> consulta("select (select max(global_index) from domain_event)"
                                + " <= (select min(position) from follower where name like '" + followers + "')")
                        .equals("t"));
    }

    private void comenta() {
        programa.api()
                .post("/api/tickets/" + ticket + "/comentarios", "{\"text\": \"ainda\"}")
                .com(200);
    }

    private Connection sessao() throws Exception {
        var session = programa.sql();
        session.setAutoCommit(false);
        sessoes.add(session);
        return session;
    }

    private void solta() {
        for (var session : sessoes) {
            try (session) {
                session.rollback();
            } catch (SQLException _) {
                // it has died with its database
            }
        }
        sessoes.clear();
    }

    private String consulta(String sql) throws Exception {
        try (var db = programa.sql();
                var row = db.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void passam(double seconds) throws SQLException {
        try (var db = programa.sql()) {
            execute(db, "select pg_sleep(" + seconds + ")");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
