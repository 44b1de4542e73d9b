package mutirao.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TroublesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final Troubles troubles = new Troubles(
            nanos::get,
            new LogSettings(Duration.ofSeconds(60), Duration.ofSeconds(30)),
            (level, line) -> lines.add(level + " " + line));

    @Test
    void diz_uma_vez_quando_comeca_conta_de_vez_em_quando_e_diz_quando_acaba() {
        for (int second = 0; second <= 90; second++) {
            met("Follower", "projecao", cheio());
            met("Problems", "request 1", new IllegalStateException("around", cheio()));
            passa(1);
        }
        for (int second = 0; second < 40; second++) {
            passa(1);
        }
        assertThat(lines)
                .containsExactly(
                        "WARN Follower: projecao: SQLException 53100: No space left",
                        "WARN SQLException 53100: again, in the last 60 s: Follower 59, Problems 60",
                        "INFO SQLException 53100: over, met 182 times in 90 s, last 30 s ago");
    }

    @Test
    void duas_causas_sao_dois_problemas_e_a_que_vem_so_uma_vez_nao_precisa_de_fim() {
        met("Tail", "the log", cheio());
        met("Tail", "the log", new SQLException("refused", "08001"));
        passa(31);
        met("Tail", "the log", cheio());
        assertThat(lines)
                .containsExactly(
                        "WARN Tail: the log: SQLException 53100: No space left",
                        "WARN Tail: the log: SQLException 08001: refused",
                        "WARN Tail: the log: SQLException 53100: No space left");
    }

    @Test
    void o_que_se_mostra_pior_do_que_parecia_e_dito_de_novo_com_o_lugar_mas_sem_as_palavras() {
        var fault = new IllegalArgumentException("Rua A, 7");
        troubles.met(Level.INFO, "Importacao", "line 1", new IllegalStateException("Ana", fault));
        troubles.met(Level.ERROR, "Problems", "request 2", new IllegalStateException("Ana", fault));
        assertThat(lines).hasSize(2).noneMatch(line -> line.contains("Rua") || line.contains("Ana"));
        assertThat(lines.getFirst())
                .startsWith("INFO Importacao: line 1: IllegalArgumentException at mutirao.platform.log.TroublesTest")
                .doesNotContain("\n");
        assertThat(lines.getLast())
                .startsWith("ERROR Problems: request 2: IllegalArgumentException at ")
                .contains("\n  at mutirao.platform.log.TroublesTest", "\n  in java.lang.IllegalStateException");
    }

    @Test
    void mensagens_que_citam_dados_nao_aparecem_e_as_do_sistema_sim() {
        assertThat(Cause.of(new SQLException("invalid input: \"Rua A\"", "22P02"))
                        .says())
                .isEqualTo("SQLException 22P02");
        assertThat(Cause.of(new RuntimeException(new IOException("No space left on device\nmore")))
                        .says())
                .isEqualTo("IOException: No space left on device");
        assertThat(Cause.of(new SQLException("away", "08001", new IOException("refused")))
                        .says())
                .as("what the database says of it")
                .isEqualTo("SQLException 08001: away");
    }

    private void met(String who, String what, Throwable fault) {
        troubles.met(Level.WARN, who, what, fault);
    }

    private void passa(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        troubles.tell();
    }

    private static SQLException cheio() {
        return new SQLException("No space left", "53100");
    }
}
