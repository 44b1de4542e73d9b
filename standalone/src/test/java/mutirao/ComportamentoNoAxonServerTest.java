package mutirao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/// On the Axon Server that `AXONSERVER_TEST` names by `host:port` of its gRPC. It must hold nothing yet, and is left
/// with what the tests have stored.
class ComportamentoNoAxonServerTest extends Comportamento {
    private static final String MISSING =
            "AXONSERVER_TEST names no Axon Server: the program is NOT tested on one (AXONSERVER_TEST=localhost:8124)";

    private Passagem passagem;
    private Programa programa;

    @Override
    Programa parte(Path dir) throws IOException {
        var server = System.getenv("AXONSERVER_TEST");
        if (server == null) {
            System.out.println(MISSING);
            return abort(MISSING);
        }
        passagem = new Passagem(server);
        programa =
                Programa.em(dir, "--axon.axonserver.enabled=true", "--axon.axonserver.servers=" + passagem.address());
        return programa;
    }

    @Override
    void some(Programa programa) throws IOException {
        passagem.fecha();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> programa.api().get("/actuator/health/readiness").status() == 503);
        assertThat(programa.api().get("/api/necessidades").status())
                .as("what is shown does not need it")
                .isEqualTo(200);
    }

    @Override
    void volta() throws IOException {
        passagem.abre();
    }

    @AfterAll
    void fecha() throws IOException {
        if (passagem != null) {
            passagem.close();
        }
    }
}
