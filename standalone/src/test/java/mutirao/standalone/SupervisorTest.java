package mutirao.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    /// After a first try that fails.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(800);

    /// Does not come back before the third try.
    private static final class Teimoso implements Supervisor.Server {
        final List<Long> tries = new CopyOnWriteArrayList<>();

        @Override
        public boolean alive() {
            return tries.size() >= 3;
        }

        @Override
        public void restart() throws IOException {
            tries.add(System.nanoTime());
            if (tries.size() < 3) {
                throw new IOException("ainda não");
            }
        }
    }

    @Test
    void tenta_ate_conseguir_e_cada_vez_mais_devagar() {
        var server = new Teimoso();
        try (var _ = new Supervisor(server)) {
            await().until(server::alive);
            await().during(Duration.ofSeconds(1)).until(() -> server.tries.size() == 3);
        }
        // It never wakes up early, and on a busy machine as late as may be.
        assertThat(server.tries.get(1) - server.tries.get(0)).isGreaterThanOrEqualTo(FIRST_PAUSE.toNanos());
        assertThat(server.tries.get(2) - server.tries.get(1))
                .isGreaterThanOrEqualTo(FIRST_PAUSE.multipliedBy(2).toNanos());
    }

    @Test
    void depois_de_fechado_um_fim_e_um_fim() {
        var server = new Teimoso();
        new Supervisor(server).close();

        await().during(Duration.ofSeconds(1)).until(server.tries::isEmpty);
    }
}
