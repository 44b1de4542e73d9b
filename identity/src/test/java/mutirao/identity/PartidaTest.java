package mutirao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.Mutirao;
import mutirao.identity.account.Accounts;
import mutirao.identity.key.SigningKeys;
import mutirao.platform.start.StartFailure;
import mutirao.platform.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// First starts, later ones, and several processes on one database.
@ExtendWith(OutputCaptureExtension.class)
class PartidaTest {
    private static final Pattern SENHA = Pattern.compile("the password `([^`]+)`");

    private final String database = TestDatabase.fresh();
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @TempDir
    private Path dir;

    @AfterEach
    void para() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext parte(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--mutirao.side=command",
                "--mutirao.identity.server=embedded",
                "--server.port=0",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password="));
        arguments.addAll(List.of(more));
        var context = new SpringApplication(Mutirao.class).run(arguments.toArray(String[]::new));
        started.add(context);
        return context;
    }

    private String data() {
        return "--mutirao.data-dir=" + dir;
    }

    private static Navegador navegador(ConfigurableApplicationContext context) {
        return new Navegador(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void a_primeira_mostra_a_senha_do_administrador_uma_vez_e_nao_a_guarda(CapturedOutput output) throws Exception {
        var first = parte(data(), "--mutirao.bootstrap-client=robo:antes:AUDITOR");
        var found = SENHA.matcher(output);
        assertThat(found.find()).isTrue();
        var password = found.group(1);
        assertThat(password).hasSize(20);
        assertThat(first.getBean(Accounts.class).logIn("admin", password)).hasValue(Accounts.ADMINISTRATOR);
        assertThat(first.getBean(JdbcClient.class)
                        .sql("select string_agg(a::text, ' ') from account a")
                        .query(String.class)
                        .single())
                .doesNotContain(password);
        assertThat(dir.resolve("identity.key")).exists();
        if (Files.getFileStore(dir).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("identity.key"))))
                    .isEqualTo("rw-------");
        }
        var token = navegador(first).maquina("robo", "antes");
        assertThat(token.statusCode()).isEqualTo(200);
        first.close();

        var printed = output.toString().length();
        var second = parte(data(), "--mutirao.admin-password=tarde demais");
        assertThat(output.toString().substring(printed)).doesNotContain("password `", "is made", "is changed");
        assertThat(second.getBean(Accounts.class).logIn("admin", "tarde demais"))
                .isEmpty();
        assertThat(second.getBean(Accounts.class).logIn("admin", password)).isPresent();
        assertThat(navegador(second).maquina("robo", "antes").statusCode()).isEqualTo(200);
        second.close();

        var third = navegador(parte(data(), "--mutirao.bootstrap-client=robo:depois:AUDITOR,TECNICO"));
        assertThat(third.maquina("robo", "antes").statusCode()).isEqualTo(401);
        assertThat(third.maquina("robo", "depois").statusCode()).isEqualTo(200);
        assertThat(output.toString())
                .containsOnlyOnce(password)
                .contains("Client robo is changed")
                .doesNotContain("antes", "depois", "Using generated security password");
    }

    @Test
    void o_administrador_que_entra_com_outro_login_continua_o_unico() {
        var first = parte("--mutirao.key=" + Identidade.KEY, "--mutirao.admin-password=a senha de antes");
        first.getBean(JdbcClient.class)
                .sql("update account set login = 'eu@example.org' where login = 'admin'")
                .update();
        first.close();

        var accounts = parte("--mutirao.key=" + Identidade.KEY, "--mutirao.admin-password=a senha de depois")
                .getBean(Accounts.class);

        assertThat(accounts.logIn("admin", "a senha de depois")).isEmpty();
        assertThat(accounts.logIn("eu@example.org", "a senha de antes")).hasValue(Accounts.ADMINISTRATOR);
    }

    @Test
    void dois_processos_num_banco_usam_a_mesma_chave() {
        var one = parte("--mutirao.key=" + Identidade.KEY, "--mutirao.bootstrap-client=robo:segredo-do-robo:ADMIN");
        var other = parte("--mutirao.key=" + Identidade.KEY);

        var token = navegador(one).daMaquina();
        assertThat(navegador(other).daMaquina().getHeader().getKeyID())
                .isEqualTo(token.getHeader().getKeyID());
        assertThat(navegador(other).confere(token)).isTrue();
        assertThat(one.getBean(SigningKeys.class).current())
                .isEqualTo(other.getBean(SigningKeys.class).current());
    }

    @Test
    void num_banco_proprio_a_chave_se_faz_onde_fica_e_outro_processo_ouve_o_que_rodar(CapturedOutput output)
            throws Exception {
        var here = dir.resolve("o daqui");
        var first = parte("--mutirao.data-dir=" + here, "--mutirao.admin-password=a senha");
        assertThat(output).containsOnlyOnce("Made " + here.resolve("identity.key"));
        var there = "--mutirao.data-dir=" + dir.resolve("outro");
        var refused = falha("a key that this process does not have", there);
        assertThat(dir.resolve("outro"))
                .as("a key of its own would open nothing")
                .doesNotExist();
        assertThat(output.toString().split("Made ", -1)).hasSize(2);

        var told = Pattern.compile("`(export MUTIRAO_KEY=[^`]+)`").matcher(refused.action());
        assertThat(told.find()).as(refused.action()).isTrue();
        var shell = new ProcessBuilder("sh", "-c", told.group(1) + "; printf %s \"$MUTIRAO_KEY\"").start();
        var key = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var second = parte(there, "--mutirao.key=" + key);

        assertThat(second.getBean(SigningKeys.class).current())
                .isEqualTo(first.getBean(SigningKeys.class).current());
    }

    @Test
    void o_que_se_selou_antes_de_se_anotar_onde_ainda_se_abre() {
        var first = parte(data(), "--mutirao.admin-password=a senha");
        var key = first.getBean(SigningKeys.class).current();
        first.getBean(JdbcClient.class)
                .sql("update signing_key set sealed_by = null")
                .update();
        first.close();

        assertThat(parte(data()).getBean(SigningKeys.class).current()).isEqualTo(key);
        assertThat(falha("does not have", "--mutirao.data-dir=" + dir.resolve("outro"))
                        .action())
                .contains("export MUTIRAO_KEY=");
    }

    @Test
    void com_outra_chave_ou_sem_a_sua_ou_com_clientes_mal_escritos_nao_parte() throws Exception {
        parte(data()).close();
        var file = dir.resolve("identity.key");
        assertThat(falha("another key", data(), "--mutirao.key=" + Identidade.KEY)
                        .action())
                .contains("cat " + file);
        Files.move(file, dir.resolve("guardada"));
        assertThat(falha("does not have", data()).action()).contains("Put back " + file);
        assertThat(file).doesNotExist();
        Files.move(dir.resolve("guardada"), file);
        falha("is not 32 bytes", "--mutirao.key=c2VncmVkbw==");
        falha("Entry 1", data(), "--mutirao.bootstrap-client=robo");
        var occupied = Files.createFile(dir.resolve("arquivo"));
        JdbcClient.create(new DriverManagerDataSource(database, "postgres", ""))
                .sql("delete from signing_key")
                .update();
        assertThat(falha("cannot be used", "--mutirao.data-dir=" + occupied).action())
                .contains("export MUTIRAO_KEY=$(openssl");
    }

    private StartFailure falha(String message, String... arguments) {
        var failure = Stream.iterate(catchThrowable(() -> parte(arguments)), Objects::nonNull, Throwable::getCause)
                .filter(StartFailure.class::isInstance)
                .map(StartFailure.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(failure).hasMessageContaining(message).hasMessageNotContaining("segredo");
        return failure;
    }
}
