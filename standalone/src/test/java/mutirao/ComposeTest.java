package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// No container engine runs where this is built: at least the file is what it should be. [SeparadosTest] starts its
/// services without one.
class ComposeTest {
    private final Compose compose = Compose.lido();

    @Test
    void cada_servico_esta_no_seu_perfil() {
        var services = compose.servicos();
        assertThat(services.keySet()).containsExactlyInAnyOrder("postgres", "axonserver", "command-side", "query-side");
        assertThat((List<?>) services.get("postgres").get("profiles"))
                .asString()
                .contains("postgres");
        assertThat((List<?>) services.get("axonserver").get("profiles"))
                .asString()
                .contains("axonserver");
        for (var side : List.of(Modulo.COMMAND_SIDE, Modulo.QUERY_SIDE)) {
            var service = services.get(side.servico());
            assertThat(service.get("depends_on").toString()).contains("postgres");
            assertThat(service.get("build").toString()).contains("{JAR=" + side.jar() + "}");
        }
    }

    /// What is started today is started tomorrow.
    @Test
    void cada_imagem_tem_versao() {
        compose.servicos().values().stream()
                .filter(service -> service.containsKey("image"))
                .forEach(service -> assertThat((String) service.get("image")).matches(".+:\\d[\\w.-]*"));
    }

    @Test
    void a_chave_sobrevive_ao_conteiner() throws IOException {
        assertThat((List<?>) compose.servicos().get("command-side").get("volumes"))
                .asString()
                .contains("identity:/app/data");
        assertThat(compose.file().get("volumes")).containsKey("identity");
        assertThat(Files.readString(Modulo.RAIZ.resolve("Dockerfile")))
                .contains("WORKDIR /app\n", "install -d -o mutirao -m 700 /app/data");
    }

    @Test
    void so_se_chega_aos_servicos_desta_maquina() {
        compose.servicos().values().forEach(service -> {
            for (var port : (List<?>) service.getOrDefault("ports", List.of())) {
                assertThat(port.toString()).startsWith("127.0.0.1:");
            }
        });
    }
}
