package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstracaoTest {
    private static final Pattern CONTADA = Pattern.compile("Demonstração.*-u \\S+:\\S+", Pattern.DOTALL);
    private static final Pattern ENTRADA = Pattern.compile("-u (\\S+):(\\S+)");

    @TempDir
    private Path dir;

    @Test
    void a_primeira_partida_a_mostra_e_a_segunda_guarda_os_dados_sem_repetir() throws Exception {
        String eventos;
        MatchResult entrada;
        try (var primeira = Programa.em(dir)) {
            assertThat(primeira.ate(CONTADA).group())
                    .contains("Joana levou 40 marmitas")
                    .contains("os 50 galões estão livres")
                    .contains("3 linhas, 0 diferentes");
            var api = primeira.api();
            emDia(api);
            assertThat(primeira.output()).contains("Log in there as `admin`");
            assertThat(api.get("/api/necessidades").com(200).json().get("items"))
                    .hasSize(3);
            assertThat(api.get("/api/ofertas").com(200).json().get("items"))
                    .hasSize(3)
                    .allSatisfy(oferta -> {
                        var line = oferta.get("items").get(0);
                        assertThat(line.get("available").asLong()
                                        + line.get("delivered").asLong())
                                .isEqualTo(line.get("published").asLong());
                    });
            assertThat(api.get("/api/entregas?status=CONCLUIDA").json().get("items"))
                    .hasSize(1);
            assertThat(api.get("/api/entregas?status=CANCELADA").json().get("items"))
                    .hasSize(1);
            eventos = api.get("/api/auditoria?limit=200").http().body();
            entrada = primeira.ate(ENTRADA);
            var impresso = api.comToken(primeira.token(entrada.group(1), entrada.group(2)));
            assertThat(impresso.get("/api/necessidades").com(200).json().get("items"))
                    .hasSize(3);
        }
        try (var segunda = Programa.em(dir)) {
            var api = segunda.api();
            await().during(Duration.ofSeconds(2))
                    .atMost(PACIENCIA)
                    .until(() -> api.get("/api/auditoria?limit=200").http().body(), eventos::equals);
            assertThat(segunda.output()).doesNotContain("Demonstração", "demonstração");
            assertThat(segunda.ate(ENTRADA).group())
                    .as("what was printed goes on working, and is printed again")
                    .isEqualTo(entrada.group());
        }
    }

    /// Lists follow the commands a little later, the audit's too.
    private static void emDia(Api api) {
        api.ate(
                "/api/projecoes?limit=200",
                page -> page.get("items")
                        .valueStream()
                        .allMatch(each -> each.get("lagEvents").asLong() == 0));
    }

    @Test
    void com_outro_emissor_o_programa_parte_sem_ela() throws Exception {
        var emissor = "http://127.0.0.1:1/realms/rede"; // asked for nothing until a token comes
        try (var programa =
                Programa.em(dir, "--mutirao.identity.server=none", "--mutirao.identity.issuer=" + emissor)) {
            programa.ate(Pattern.compile("Tokens are those of " + emissor));
            assertThat(programa.output()).doesNotContain("Demonstração", "demonstração", "admin");
        }
    }
}
