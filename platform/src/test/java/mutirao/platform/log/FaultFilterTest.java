package mutirao.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FaultFilterTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> passed = new ListAppender<>();
    private final List<String> told = new ArrayList<>();
    private final ch.qos.logback.classic.Logger own = context.getLogger("mutirao.platform.log");

    @BeforeEach
    void liga() {
        var settings = new LogSettings(Duration.ofMinutes(1), Duration.ofSeconds(30));
        context.addTurboFilter(
                new FaultFilter(new Troubles(() -> 0, settings, (level, line) -> told.add(level + " " + line)), own));
        passed.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(passed);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }

    @Test
    void uma_linha_nossa_diz_o_que_quer_e_da_excecao_so_a_causa() {
        var fault = new IllegalStateException("Rua A, 7", new IOException("broken pipe"));
        context.getLogger("mutirao.x.Leitor").warn("{}: trying again in {}", "saga:entrega", "PT4S", fault);

        assertThat(told).containsExactly("WARN Leitor: saga:entrega: trying again in PT4S: IOException: broken pipe");
        assertThat(passed.list).isEmpty();
    }

    @Test
    void de_uma_linha_alheia_fica_so_o_que_e_sempre_igual() {
        var tomcat = context.getLogger("org.apache.catalina.Core");
        tomcat.error("Servlet.service() threw exception [Rua A, 7] with root cause", new IOException("one"));
        context.getLogger("org.x.Job")
                .info("Failed while completing {}, because {}. Later.", "Ana", "7", new NoSuchMethodError("two"));

        assertThat(told)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ERROR Core: Servlet.service() threw exception: IOException: one\n  at "),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "INFO Job: Failed while completing …, because …. Later.: NoSuchMethodError: two"));
        assertThat(passed.list).isEmpty();
    }

    @Test
    void linhas_sem_excecao_e_de_nivel_mais_baixo_passam_como_sao() {
        context.getLogger("mutirao.x.Leitor").info("oi {}", "Ana");
        context.getLogger("mutirao.x.Leitor").debug("quiet", new IOException("one"));
        context.getLogger("mutirao.y").setLevel(Level.ERROR);
        context.getLogger("mutirao.y").warn("not asked for", new IOException("two"));

        assertThat(passed.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("oi Ana");
        assertThat(told).isEmpty();
    }

    @Test
    void quem_pede_debug_ve_tudo() {
        own.setLevel(Level.DEBUG);
        context.getLogger("mutirao.x.Leitor").warn("all of it", new IOException("Rua A, 7"));

        assertThat(told).isEmpty();
        assertThat(passed.list)
                .extracting(event -> event.getThrowableProxy().getMessage())
                .containsExactly("Rua A, 7");
    }
}
