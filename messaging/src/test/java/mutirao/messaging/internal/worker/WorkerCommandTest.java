package mutirao.messaging.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class WorkerCommandTest {
    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consumer",
                "consumer --topic a",
                "--topic a consumer --group g",
                "--topic=a consumer",
                "--spring.profiles.active=prod consumer --help",
                "--timeout 5 --server.port=1 consumer"
            })
    void a_palavra_vale_antes_e_depois_das_opcoes(String line) {
        assertThat(WorkerCommand.isMeantBy(words(line))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "importar consumer",
                "--topic consumer",
                "--server.port=1",
                "--papel=consumer",
                "Consumer"
            })
    void sem_a_palavra_nada_muda(String line) {
        assertThat(WorkerCommand.isMeantBy(words(line))).isFalse();
    }

    @Test
    void opcoes_viram_propriedades_e_as_da_aplicacao_passam() {
        var command = WorkerCommand.parse(
                words(
                        "--topic a --spring.profiles.active=prod consumer --topic=b --group g --prefetch 5 --timeout 60 --x=y"));
        assertThat(command.properties())
                .containsEntry("mutirao.messaging.consumers.topics", "a,b")
                .containsEntry("mutirao.messaging.consumers.groups", "g")
                .containsEntry("mutirao.messaging.prefetch", 5)
                .containsEntry("mutirao.messaging.consumers.enabled", true)
                .containsEntry("spring.main.web-application-type", "none");
        assertThat(command.rest()).containsExactly("--spring.profiles.active=prod", "--x=y");
        assertThat(command.timeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void sem_opcoes_vale_o_que_a_aplicacao_diz() {
        var command = WorkerCommand.parse("consumer");
        assertThat(command.properties())
                .doesNotContainKeys(
                        "mutirao.messaging.consumers.topics",
                        "mutirao.messaging.consumers.groups",
                        "mutirao.messaging.prefetch");
        assertThat(command.timeout()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consumer --tópico a",
                "consumer --topics=a",
                "consumer --debug",
                "consumer pedidos",
                "consumer consumer",
                "consumer --topic",
                "consumer --prefetch muito",
                "consumer --prefetch 0",
                "consumer --prefetch=-1",
                "consumer --timeout 1.5",
                "consumer --timeout -1",
                "consumer --timeout 5 --timeout 6",
                "consumer -x"
            })
    void uso_errado_e_recusado(String line) {
        assertThatThrownBy(() -> WorkerCommand.parse(words(line))).isInstanceOf(ParameterException.class);
    }
}
