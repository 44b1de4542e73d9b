package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever pastes the commands of README and `docs/operacao.md` gets what is promised: each block is run here, or it is
/// said why not. Addresses are the test's, and nothing is set that the text does not name.
class DocumentosTest {
    private static final String README = "README.md";
    private static final String OPERACAO = "docs/operacao.md";

    /// Blocks that nobody can run here, by their first line.
    private static final Map<String, String> SEM_COMO = Map.of(
            "./mvnw verify",
            "it is what runs this",
            "standalone                    both sides in one process, embedded PostgreSQL, demonstration",
            "a drawing",
            "WARN  Problems: request 5f6c\u2026 is answered 503: PSQLException 53100: ERROR: could not extend file \u2026:"
                    + " No space left on device",
            "what a log says",
            "curl -X PATCH $B/api/organizacoes/00000000-0000-0000-0000-000000000001 -H \"Authorization: Bearer $TOKEN\" \\",
            "needs the token of an administrator, who logs in with a browser; PrimeiraOrganizacaoTest does it",
            "kc() { local do=$1; shift; bin/kcadm.sh \"$do\" \"$@\" -r rede; }",
            "needs a Keycloak");

    private static final List<Bloco> BLOCOS =
            Stream.of(README, OPERACAO).flatMap(file -> Bloco.de(file).stream()).toList();
    private static final Set<Bloco> RODADOS = new HashSet<>();

    @TempDir
    private Path dir;

    @AfterAll
    static void nenhum_bloco_fica_sem_quem_o_rode() {
        assertThat(BLOCOS)
                .allMatch(block -> RODADOS.contains(block) != SEM_COMO.containsKey(block.primeira()))
                .extracting(Bloco::primeira)
                .containsAll(SEM_COMO.keySet());
    }

    private static Bloco bloco(String file, String first) {
        var found = BLOCOS.stream()
                .filter(block -> block.file().equals(file) && block.primeira().startsWith(first))
                .toList();
        assertThat(found).as(first).hasSize(1);
        RODADOS.add(found.getFirst());
        return found.getFirst();
    }

    @Test
    void com_o_banco_embutido() throws Exception {
        var port = Terminal.porta();
        try (var shell = new Terminal(dir).com("SERVER_PORT", "" + port)) {
            var first = shell.parte(bloco(README, "./mvnw spring-boot:run").text());
            first.ate(Pattern.compile("is ready: http://localhost:" + port));
            var printed = first.ate(Pattern.compile("TOKEN=.*\\n.*access_token.*\\n.*curl.*"));
            shell.guarda(printed.group());
            assertThat(shell.cola(aqui(bloco(README, "position=$(curl"), port))).contains("Abrigo Sarandi");
            first.para();
            first.fim();

            shell.com("SECRET", "um-segredo-do-teste");
            shell.guarda(bloco(OPERACAO, "export MUTIRAO_BOOTSTRAP_CLIENT=").text());
            shell.parte(bloco(OPERACAO, "./mvnw -DskipTests package").text())
                    .ate(Pattern.compile("is ready: http://localhost:" + port));
            shell.guarda(aqui(bloco(OPERACAO, "B=http"), port));
            try (var db = banco(shell.cola(bloco(OPERACAO, "D=./data").text()));
                    var statement = db.createStatement()) {
                for (var block : List.of("select * from event_log", "select a.pid")) {
                    for (var sql : bloco(OPERACAO, block).text().split(";")) {
                        statement.execute(sql);
                    }
                }
                mensagensMortas(shell, statement);
            }
            reconstrucoes(shell);
        }
    }

    private static String aqui(Bloco block, int port) {
        assertThat(block.text()).contains("localhost:8080");
        return block.text().replace("localhost:8080", "localhost:" + port);
    }

    /// Where `pg_dump` would have gone.
    private static Connection banco(String environment) throws SQLException {
        var said = environment
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(name -> name[0], value -> value[1]));
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s".formatted(said.get("PGHOST"), said.get("PGPORT"), said.get("PGDATABASE")),
                said.get("PGUSER"),
                said.get("PGPASSWORD"));
    }

    private static void mensagensMortas(Terminal shell, Statement db) throws Exception {
        var lines = bloco(OPERACAO, "ask \"$B/api/mensagens-mortas").linhas();
        for (var line : lines) {
            var id = UUID.randomUUID();
            db.execute("""
                    insert into dead_letter (id, source, sequence, kind, type, position, cause, attempts)
                    select '%s', 'projecao:oferta', aggregate_identifier, 'EVENT', payload_type, global_index, 'teste', 1
                    from domain_event where type = 'oferta' order by global_index desc limit 1
                    """.formatted(id));
            shell.com("ID", id.toString()).cola(line);
        }
    }

    private static void reconstrucoes(Terminal shell) throws Exception {
        for (var line : bloco(OPERACAO, "ask -X POST $B/api/projecoes/oferta/reconstrucao")
                .linhas()) {
            if (line.contains("-X DELETE")) {
                shell.cola(line, 409); // it may be over
            } else {
                // One may have to wait for the one before.
                await().atMost(PACIENCIA).untilAsserted(() -> shell.cola(line));
            }
        }
    }

    @Test
    void com_um_banco_proprio_e_com_os_dois_lados() throws Exception {
        var database = BancoProprio.novo();
        var port = Terminal.porta();
        try (var shell = new Terminal(dir).com("SERVER_PORT", "" + port)) {
            var own = bloco(OPERACAO, "export SPRING_DATASOURCE_URL")
                    .text()
                    .replace("db.example.org:5432/mutirao", database.endereco())
                    .replace("PASSWORD=…", "PASSWORD=" + BancoProprio.SENHA);
            assertThat(own).contains(database.endereco(), "PASSWORD=" + BancoProprio.SENHA);
            var key = dir.toRealPath().resolve("data/identity.key");
            var both = shell.parte(own);
            both.ate(Pattern.compile("is ready: http://localhost:" + port));
            assertThat(both.output()).contains("Made " + key, "export MUTIRAO_KEY=$(cat " + key + ")");

            shell.guarda(own.replaceFirst("(?m)^java .*", ""));
            var sides = new HashMap<String, Processo>();
            for (var line : bloco(OPERACAO, "SERVER_PORT=8081").linhas()) {
                var free = Terminal.porta();
                sides.put(
                        "http://localhost:" + free,
                        shell.parte(line.replaceFirst("SERVER_PORT=80\\d\\d ", "SERVER_PORT=" + free + " ")));
            }
            assertThat(sides).hasSize(2);
            for (var side : sides.entrySet()) {
                side.getValue().ate(Pattern.compile("is ready: side (command|query), .* at " + database.endereco()));
                assertThat(side.getValue().output()).doesNotContain("Made ");
                shell.cola("curl -s " + side.getKey() + "/actuator/health/readiness");
            }
        }
    }
}
