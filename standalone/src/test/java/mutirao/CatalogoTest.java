package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogoTest {
    static final String REGENERATE = "./mvnw -pl standalone -am test -Dtest=CatalogoTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dcatalogo.write=true";
    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "..", "docs", "catalogo.md");

    private final String rendered = new Catalogo().render();

    @Test
    void o_catalogo_diz_o_que_o_codigo_faz() throws IOException {
        if (Boolean.getBoolean("catalogo.write")) {
            Files.writeString(FILE, rendered);
        }
        assertThat(FILE)
                .as("docs/catalogo.md is stale; %s", REGENERATE)
                .content()
                .isEqualTo(rendered);
    }

    @Test
    void o_que_um_comando_pode_causar_e_achado_no_agregado_e_no_que_ele_chama() {
        assertThat(rendered)
                .contains("| `FecharTicket` | `Ticket` | `TicketFechado`, `TicketAtrasado` |")
                .contains("| `ComprometerNecessidade` | `Necessidade` | `NecessidadeExpirada`,"
                        + " `NecessidadeComprometida`, `CompromissoRecusado` |");
    }

    @Test
    void quem_le_um_evento_e_achado() {
        assertThat(rendered)
                .containsPattern(
                        "\\| `TicketCriado` \\| `ticket.TicketCriado` \\| 1 \\| .*`ticket`.* \\|  \\| `ticket` \\|")
                .containsPattern("\\| `ReservaRecusada` \\| .* \\| `entrega` \\|  \\|");
    }

    @Test
    void ninguem_decide_duas_vezes_e_nenhum_comando_fica_sem_quem_decida() {
        assertThat(rendered.lines().filter(line -> line.matches("\\| `\\w+` \\| (`\\w+`, .*|) \\| .*")))
                .isEmpty();
    }
}
