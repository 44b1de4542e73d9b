package mutirao.standalone;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import mutirao.platform.start.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One directory for most tests, because unpacking and making the files takes seconds; each starts the server anew.
class EmbeddedDatabaseTest {
    @TempDir
    private static Path shared;

    @Test
    void guarda_os_dados_de_uma_partida_para_a_outra() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            execute(database, "create table guardado (texto text)");
            execute(database, "insert into guardado values ('água')");
        }
        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "select texto from guardado")).isEqualTo("água");
        }
    }

    @Test
    void confirma_so_o_que_esta_em_disco() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(database, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(database, "select upper('ção')")).isEqualTo("ÇÃO");
        }
    }

    @Test
    void recusa_servir_quando_alguem_desligou_a_escrita_segura() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            execute(database, "alter system set fsync = off");
        }
        try {
            assertThatThrownBy(() -> EmbeddedDatabase.start(shared))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("fsync");
            assertThat(pidFile(shared)).doesNotExist();
        } finally {
            Files.writeString(shared.resolve("postgres/postgresql.auto.conf"), "");
        }
    }

    @Test
    void so_entra_quem_tem_a_senha() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            var url = database.url();
            var user = database.user();
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, null))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "outra"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
            assertThat(ask(database, "select rolpassword from pg_authid where rolname = current_user"))
                    .startsWith("SCRAM-SHA-256$");
            assertThat(database.toString()).doesNotContain(database.password());
        }
        var password = shared.resolve("postgres.password");
        if (Files.getFileStore(password).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void volta_depois_de_o_servidor_ser_morto() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            execute(database, "create table sobrevive as select 1 as n");
            postmaster(shared).destroyForcibly();
        }
        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "select n from sobrevive")).isEqualTo("1");
        }
    }

    @Test
    void volta_sozinho_ao_mesmo_endereco_quando_o_servidor_morre() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            execute(database, "create table antes as select 1 as n");
            var dead = postmaster(shared);
            dead.destroyForcibly();
            await().atMost(PACIENCIA)
                    .ignoreExceptions()
                    .until(() -> ask(database, "select n from antes").equals("1"));
            assertThat(postmaster(shared).pid()).isNotEqualTo(dead.pid());
            assertThat(ask(database, "show fsync")).isEqualTo("on");
        }
        assertThat(pidFile(shared)).doesNotExist();
    }

    @Test
    void volta_depois_de_o_processo_ser_morto_e_para_o_servidor_que_sobrou() throws Exception {
        ProcessHandle left;
        try (var other = OtherProcess.on(shared)) {
            assertThat(other.outputUpTo("READY")).last().asString().startsWith("READY");
            left = postmaster(shared);
            other.kill();
        }
        assertThat(left.isAlive()).as("the server outlives its process").isTrue();
        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(postmaster(shared).pid()).isNotEqualTo(left.pid());
            await().atMost(PACIENCIA).until(() -> !left.isAlive());
            assertThat(ask(database, "show fsync")).isEqualTo("on");
        }
    }

    @Test
    void um_arquivo_pid_com_numero_de_outro_programa_nao_impede_a_partida() throws Exception {
        EmbeddedDatabase.start(shared).close();
        // Not this process: PostgreSQL knows its own ancestors.
        var stranger = ProcessHandle.current().parent().orElseThrow();
        var lines = "%d%n%s%n".formatted(stranger.pid(), shared.resolve("postgres"));
        Files.writeString(pidFile(shared), lines);

        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\0\0\0\0", "lixo\n/data", "0\n", "99999999999999999999\n"})
    void um_arquivo_pid_como_um_disco_cheio_o_deixa_nao_impede_a_partida(String left) throws Exception {
        EmbeddedDatabase.start(shared).close();
        Files.writeString(pidFile(shared), left);

        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void um_segundo_no_mesmo_diretorio_e_recusado() throws Exception {
        try (var database = EmbeddedDatabase.start(shared)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(shared))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Another Mutirão");
            try (var other = OtherProcess.on(shared)) {
                assertThat(String.join("\n", other.outputUpTo("READY"))).contains("Another Mutir");
                assertThat(other.exitCode()).isNotZero();
            }
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void desempacota_de_novo_o_que_se_quebrou() throws Exception {
        EmbeddedDatabase.start(shared).close();
        var program = find(shared.resolve("postgres-bin"), "initdb");
        var size = Files.size(program);
        Files.write(program, new byte[100]);

        try (var database = EmbeddedDatabase.start(shared)) {
            assertThat(ask(database, "select 1")).isEqualTo("1");
        }
        assertThat(Files.size(find(shared.resolve("postgres-bin"), "initdb"))).isEqualTo(size);
    }

    /// Killed while initdb runs, which goes on for a while.
    @Test
    void uma_primeira_partida_interrompida_recomeca(@TempDir Path dir) throws Exception {
        try (var other = OtherProcess.on(dir)) {
            await().pollInterval(Duration.ofMillis(10)).atMost(PACIENCIA).until(() -> unfinished(dir));
            other.kill();
        }
        assertThat(dir.resolve("postgres")).doesNotExist();

        try (var database = EmbeddedDatabase.start(dir)) {
            assertThat(ask(database, "select current_database()")).isEqualTo("mutirao");
        }
    }

    @Test
    void sem_a_senha_diz_o_que_falta() throws Exception {
        EmbeddedDatabase.start(shared).close();
        var password = shared.resolve("postgres.password");
        var kept = shared.resolve("kept");
        Files.move(password, kept);
        try {
            var failure = catchThrowableOfType(StartFailure.class, () -> EmbeddedDatabase.start(shared));
            assertThat(failure.action()).contains("postgres.password");
        } finally {
            Files.delete(password);
            Files.move(kept, password);
        }
    }

    @Test
    void um_diretorio_impossivel_e_dito_em_uma_frase(@TempDir Path dir) throws Exception {
        var file = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString());
    }

    private static String ask(EmbeddedDatabase database, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedDatabase database, String command) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static ProcessHandle postmaster(Path dir) throws IOException {
        var pid = Files.readAllLines(pidFile(dir), StandardCharsets.UTF_8).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static Path pidFile(Path dir) {
        return dir.resolve("postgres/postmaster.pid");
    }

    private static boolean unfinished(Path dir) throws IOException {
        try (var files = Files.newDirectoryStream(dir, "postgres.new*")) {
            for (var file : files) {
                return Files.exists(file.resolve("PG_VERSION"));
            }
            return false;
        }
    }

    private static Path find(Path dir, String name) throws IOException {
        try (var files = Files.walk(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
