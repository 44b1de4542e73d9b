package mutirao.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import mutirao.Mutirao;
import mutirao.platform.test.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// Without the server the program behaves as if there were no Spring Security.
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = Mutirao.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "mutirao.side=command")
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Navegador.class)
class DesligadoTest {
    @Autowired
    Navegador navegador;

    @Test
    void nada_e_pedido_e_nada_e_acrescentado(CapturedOutput output) {
        var health = navegador.get("/actuator/health/liveness");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().map())
                .doesNotContainKeys(
                        "set-cookie", "x-frame-options", "x-content-type-options", "cache-control", "vary", "expires");
        assertThat(navegador.get("/actuator/prometheus").statusCode()).isEqualTo(200);
        assertThat(output).doesNotContain("Using generated security password");
    }

    @Test
    void enderecos_estranhos_chegam_a_quem_sempre_responderam() {
        assertThat(navegador.get("/api//mensagens-mortas;x=1").statusCode()).isEqualTo(404);
        assertThat(navegador.get("/api/mensagens-mortas/%2e%2e").body()).contains("\"code\"");
    }

    @Test
    void o_servidor_nao_existe() {
        assertThat(navegador
                        .post("/oauth2/token", Map.of("grant_type", "client_credentials"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(navegador.get("/.well-known/openid-configuration").statusCode())
                .isEqualTo(404);
        assertThat(navegador.get("/entrar").statusCode()).isEqualTo(404);
    }
}
