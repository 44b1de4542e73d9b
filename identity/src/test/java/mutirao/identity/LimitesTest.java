package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static mutirao.identity.Navegador.location;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Failures to say who one is, in front of the real authorization server.
@Identidade
class LimitesTest {
    private static final String OPERACAO = "/api/mensagens-mortas";

    @Autowired
    Navegador navegador;

    @DynamicPropertySource
    static void poucas(DynamicPropertyRegistry registry) {
        registry.add("mutirao.limites.falhas.rajada", () -> 2);
        registry.add("mutirao.limites.falhas.por-minuto", () -> 1);
        registry.add("mutirao.limites.estranhos.rajada", () -> 1);
        registry.add("mutirao.limites.estranhos.por-segundo", () -> 1);
    }

    @Test
    void quem_falha_demais_espera_e_um_token_bom_continua_valendo() {
        var token = navegador.daMaquina().serialize();
        for (int i = 0; i < 4; i++) {
            json(navegador.maquina("robo", "segredo-do-robo"), 200);
        }

        json(navegador.maquina("robo", "errado"), 401);
        assertThat(location(navegador.entra("admin", "errada"))).endsWith("/entrar?erro");
        json(com("mexido"), 401); // counted apart

        assertRecusado(navegador.maquina("robo", "segredo-do-robo"));
        assertRecusado(navegador.entra("admin", Identidade.SENHA));
        assertThat(com(token).statusCode()).isNotIn(401, 429);
    }

    private HttpResponse<String> com(String token) {
        return navegador.get(OPERACAO, "Authorization", "Bearer " + token);
    }

    private static void assertRecusado(HttpResponse<String> answer) {
        assertThat(json(answer, 429).get("code").asString()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }
}
