package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// No container engine runs where this is built: at least the file is what it should be.
class ComposeTest {
    private final Map<String, Map<String, Map<String, Object>>> compose;

    ComposeTest() throws IOException {
        compose = new Yaml().load(Files.readString(Path.of("../docker-compose.yml")));
    }

    @Test
    void cada_servico_esta_no_seu_perfil() {
        var services = compose.get("services");
        assertThat(services.keySet()).containsExactlyInAnyOrder("postgres", "axonserver", "command-side", "query-side");
        assertThat((List<?>) services.get("postgres").get("profiles"))
                .asString()
                .contains("postgres");
        assertThat((List<?>) services.get("axonserver").get("profiles"))
                .asString()
                .contains("axonserver");
        for (var side : List.of("command-side", "query-side")) {
            assertThat(services.get(side).get("environment").toString())
                    .contains("SPRING_DATASOURCE_URL", "SPRING_DATASOURCE_USERNAME", "SPRING_DATASOURCE_PASSWORD");
            assertThat(services.get(side).get("depends_on").toString()).contains("postgres");
        }
    }

    @Test
    void so_se_chega_aos_servicos_desta_maquina() {
        compose.get("services").values().forEach(service -> {
            for (var port : (List<?>) service.getOrDefault("ports", List.of())) {
                assertThat(port.toString()).startsWith("127.0.0.1:");
            }
        });
    }
}
