package mutirao;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The two sides as two processes on one PostgreSQL, as compose's `split` starts them: each answers its half and names
/// it for the other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparadosTest {
    private final BancoProprio banco = BancoProprio.novo();
    private Programa decide;
    private Programa mostra;

    private static final Path OPERACOES = Path.of(
            System.getProperty("basedir", "."), "..", "shared-api", "src", "main", "resources", "operacoes.txt");

    @TempDir
    private static Path dir;

    @BeforeAll
    void dois_processos() throws IOException {
        decide = Programa.lado(Modulo.COMMAND_SIDE, banco, Files.createDirectory(dir.resolve("decide")));
        mostra = Programa.lado(Modulo.QUERY_SIDE, banco, Files.createDirectory(dir.resolve("mostra")));
    }

    @AfterAll
    void fim() throws InterruptedException {
        for (var side : new Programa[] {decide, mostra}) {
            if (side != null) {
                side.close();
            }
        }
    }

    @Test
    void o_que_um_decide_o_outro_mostra() {
        var quem = Quem.TODOS.id();
        var key = UUID.randomUUID().toString();
        var necessidade =
                decide.api().necessidade("água", 10, "Idempotency-Key", key).com(201);
        var again = decide.api().necessidade("água", 10, "Idempotency-Key", key).com(201);
        assertThat(again.id()).isEqualTo(necessidade.id());
        var oferta = decide.api().oferta("água", 10).com(201).id();
        var entrega = decide.api()
                .entrega(oferta, necessidade.id(), "água", 10)
                .com(201)
                .id();
        mostra.api(decide).entregaEm(entrega, "ATRIBUIDA");
        decide.api().post("/api/entregas/" + entrega + "/aceite", null).com(200);
        var iniciada =
                decide.api().post("/api/entregas/" + entrega + "/inicio", null).com(200);
        var codigo = mostra.api(decide)
                .get("/api/entregas/" + entrega + "/codigo?minPosition=" + iniciada.position())
                .com(200)
                .json()
                .get("code")
                .asString();
        decide.api()
                .post(
                        "/api/entregas/" + entrega + "/conclusao",
                        "{\"receiverId\": \"%s\", \"confirmationCode\": \"%s\"}".formatted(quem, codigo))
                .com(200);
        mostra.api(decide)
                .ate(
                        "/api/necessidades/" + necessidade.id(),
                        visto -> visto.get("status").asString().equals("ATENDIDA"));
    }

    @Test
    void cada_um_diz_que_a_outra_metade_e_do_outro() {
        var read = decide.api().get("/api/necessidades").com(421);
        assertThat(read.code()).isEqualTo("OUTRO_PROCESSO");
        assertThat(read.header("X-Mutirao-Side")).isEqualTo("command");
        var write = mostra.api(decide).necessidade("água", 1).com(421);
        assertThat(write.code()).isEqualTo("OUTRO_PROCESSO");
        assertThat(write.header("X-Mutirao-Side")).isEqualTo("query");
        decide.api().get("/api/projecoes").com(421);
        decide.api().post("/api/projecoes/reconstrucao", null).com(421);
        decide.api().get("/api/entregas/" + UUID.randomUUID() + "/codigo").com(421);
        decide.api().get("/api/auditoria").com(421);
        decide.api().post("/api/simulacoes", "{}").com(421);
        mostra.api(decide).post("/api/importacoes/necessidades", "{}").com(421);
        assertThat(mostra.api(decide).get("/api/projecoes").com(200).header("X-Mutirao-Side"))
                .isEqualTo("query");
    }

    /// `operacoes.txt` is what processes of one side and proxies go by; it is written again with
    /// `-Doperacoes.write=true`.
    @Test
    void a_lista_de_quem_responde_e_a_do_que_cada_um_tem() throws IOException {
        var sides = new TreeMap<String, String>();
        operacoes(decide.api()).forEach(operation -> sides.put(operation, "command"));
        operacoes(mostra.api(decide)).forEach(operation -> sides.merge(operation, "query", (_, _) -> "both"));
        var list = sides.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().replaceFirst("(\\S+) (\\S+)", "$2 $1") + "\n")
                .collect(joining());
        if (Boolean.getBoolean("operacoes.write")) {
            Files.writeString(OPERACOES, list);
        }
        assertThat(OPERACOES).content().isEqualTo(list);
    }

    /// By path.
    private static Stream<String> operacoes(Api api) {
        return api.get("/v3/api-docs")
                .com(200)
                .json()
                .get("paths")
                .propertyStream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .map(method -> path.getKey() + " " + method.toUpperCase(Locale.ROOT)));
    }

    @Test
    void cada_um_diz_o_que_e() {
        var names = banco.pergunta(
                "select distinct application_name from pg_stat_activity where datname = current_database()");
        diz(decide, decide.api(), "command", names);
        diz(mostra, mostra.api(decide), "query", names);
        assertThat(dir.resolve("decide/data/identity.key"))
                .as("in compose's volume")
                .exists();
        assertThat(dir.resolve("mostra")).isEmptyDirectory();
    }

    private void diz(Programa programa, Api api, String side, List<String> names) {
        var ready = Pattern.compile(
                "(mutirao-%s-(\\d\\S+)) is ready: side %1$s, version \\2, (PostgreSQL \\d.* at %s), port \\d+"
                        .formatted(side, banco.endereco()));
        var said = programa.ate(ready);
        assertThat(names).contains(said.group(1));
        var info = api.get("/actuator/info").com(200).json().get("mutirao");
        assertThat(info.get("process").asString()).isEqualTo(said.group(1));
        assertThat(info.get("side").asString()).isEqualTo(side);
        assertThat(info.get("version").asString()).isEqualTo(said.group(2));
        assertThat(info.get("database").asString()).isEqualTo(said.group(3));
    }

    @Test
    void cada_um_guarda_as_suas_mensagens_mortas() {
        decide.api().get("/api/mensagens-mortas").com(200);
        mostra.api(decide).get("/api/mensagens-mortas").com(200);
        decide.api().get("/actuator/health/readiness").com(200);
        mostra.api(decide).get("/actuator/health/readiness").com(200);
    }
}
