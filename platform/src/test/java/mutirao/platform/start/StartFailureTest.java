package mutirao.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class StartFailureTest {
    @Test
    void uma_falha_de_partida_e_explicada_sem_pilha() {
        // Spring Boot's own want arguments, which only it has.
        var analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, failure) -> {});
        var analysis = analyzers.stream()
                .filter(StartFailureAnalyzer.class::isInstance)
                .findFirst()
                .orElseThrow()
                .analyze(new IllegalStateException(new StartFailure("o que", "o remédio")));

        assertThat(analysis.getDescription()).isEqualTo("o que");
        assertThat(analysis.getAction()).isEqualTo("o remédio");
    }
}
