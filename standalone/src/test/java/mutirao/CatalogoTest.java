package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mutirao.integracao.command.Traducoes;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.saga.Prazo;
import mutirao.platform.saga.Saga;
import mutirao.platform.stream.Followers;
import mutirao.platform.stream.Subscribers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Aplicacao
class CatalogoTest {
    static final String REGENERATE = "./mvnw -pl standalone -am test -Dtest=CatalogoTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dcatalogo.write=true";
    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "..", "docs", "catalogo.md");

    private final String rendered;

    @Autowired
    CatalogoTest(
            List<Subscribers> kinds,
            List<ReadModel<?>> models,
            List<Saga<?>> sagas,
            List<Prazo> prazos,
            Traducoes translations) {
        rendered = new Catalogo(kinds, models, sagas, prazos, translations).render();
    }

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
                        "\\| `TicketCriado` \\| `ticket.TicketCriado` \\| 1 \\| .*`ticket`.* \\|  \\| `ticket` \\|  \\| `ticket.criado` \\|")
                .containsPattern("\\| `ReservaRecusada` \\| .* \\| `entrega` \\|  \\|")
                .containsPattern("\\| `UsuarioDesativado` \\| .* \\| `identidade:pessoas` \\|");
    }

    /// Also those who read every event, and whoever is no `Projection`.
    @Test
    void quem_roda_esta_no_mapa(@Autowired Followers followers) {
        assertThat(followers.names())
                .hasSizeGreaterThan(10)
                .allSatisfy(name ->
                        assertThat(rendered).contains("| `" + name.replaceAll("^projecao:|@\\d+$", "") + "` | "));
    }

    @Test
    void ninguem_decide_duas_vezes_e_nenhum_comando_fica_sem_quem_decida() {
        assertThat(rendered.lines().filter(line -> line.matches("\\| `\\w+` \\| (`\\w+`, .*|) \\| .*")))
                .isEmpty();
    }
}
