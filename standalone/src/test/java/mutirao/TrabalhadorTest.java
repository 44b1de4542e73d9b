package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.contract.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vizinho.Vizinho;

/// `java -jar … consumer`: the program itself, as a process that consumes and serves nothing.
class TrabalhadorTest {
    private static final int SIGTERM = 128 + 15;
    private static final RedisServer REDIS = new RedisServer();

    private final BancoProprio banco = BancoProprio.novo();
    private final Vizinho vizinho = new Vizinho(REDIS.broker());

    @TempDir
    private Path dir;

    @AfterEach
    void fim() {
        vizinho.close();
    }

    @AfterAll
    static void para() {
        REDIS.close();
    }

    private Processo trabalha(Modulo modulo, String... arguments) throws IOException {
        var process = new ProcessBuilder(modulo.comando(Processo.BREVE, arguments)).directory(dir.toFile());
        process.environment().putAll(banco.variaveis());
        process.environment()
                .putAll(Map.of(
                        "MUTIRAO_MESSAGING_BROKER",
                        "redis",
                        "REDIS_URL",
                        REDIS.broker().address()));
        return Processo.de(process);
    }

    @ParameterizedTest
    @EnumSource(names = {"STANDALONE", "COMMAND_SIDE"})
    void trata_uma_mensagem_e_termina_com_o_numero_certo(Modulo modulo) throws Exception {
        try (var help = trabalha(modulo, "consumer", "--help");
                var nonsense = trabalha(modulo, "consumer", "--bobagem")) {
            assertThat(help.fim()).isZero();
            assertThat(help.output()).contains("--timeout");
            assertThat(nonsense.fim()).isEqualTo(2);
            assertThat(nonsense.output()).contains("--bobagem");
        }
        try (var worker = trabalha(modulo, "consumer", "--group", "mutirao-entrada");
                var brief = trabalha(modulo, "consumer", "--timeout", "5")) {
            worker.ate(Pattern.compile("Started .*Application"));
            assertThat(brief.fim()).as(brief::output).isZero();
            assertThat(brief.output()).contains("5 s are over");
            assertThat(redis()).contains("name=mutirao-" + (modulo == Modulo.STANDALONE ? "both" : "command") + "-0.");
            NotConfirmed.await(vizinho.producer().send(ticket()));
            await().atMost(PACIENCIA)
                    .untilAsserted(() -> assertThat(banco.pergunta("select payload_type from domain_event"))
                            .contains("ticket.TicketCriado"));
            worker.para();
            assertThat(worker.fim()).as(worker::output).isEqualTo(SIGTERM);
            assertThat(worker.output())
                    .doesNotContain("Tomcat started", "administrator's login", "security password")
                    .doesNotContainPattern("Z ERROR "); // a level, not a word of the database's
        }
        assertThat(dir).as("what serves nobody needs no key").isEmptyDirectory();
    }

    private static Message<Map<String, Object>> ticket() {
        return new Message<>(
                "mutirao.entrada",
                UUID.randomUUID().toString(),
                "ticket.registrar",
                "v",
                Map.of("title", "Sem luz", "description", "no abrigo", "category", "ABRIGO", "priority", "ALTA"),
                Instant.EPOCH,
                "sms",
                null,
                Map.of());
    }

    /// Whom the broker sees.
    private static String redis() {
        try (var client = RedisClient.create(REDIS.broker().address());
                var connection = client.connect()) {
            return connection.sync().clientList();
        }
    }
}
