package mutirao.identity;

import static mutirao.identity.Navegador.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mutirao.platform.test.OwnPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Tokens while the database is away for longer than anything about them is remembered.
@Identidade
@ContextConfiguration(initializers = OwnPostgres.class)
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class SemBancoTest {
    private static final String COM_O_BANCO = "/api/mensagens-mortas";
    /// Asks for a token, and for nothing of the database's.
    private static final String SEM_O_BANCO = "/actuator/info";

    private static final Duration SOSSEGO = Duration.ofSeconds(60);

    @Autowired
    Navegador navegador;

    @Autowired
    Relogio relogio;

    @Autowired
    OwnPostgres banco;

    @DynamicPropertySource
    static void poucas(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.hikari.connection-timeout", () -> 1000);
        registry.add("mutirao.limites.falhas.rajada", () -> 2);
        registry.add("mutirao.limites.falhas.por-minuto", () -> 1);
        registry.add("mutirao.limites.estranhos.rajada", () -> 2);
        registry.add("mutirao.limites.estranhos.por-segundo", () -> 1);
    }

    @Test
    void quem_tem_um_token_bom_nao_paga_por_um_banco_ausente(CapturedOutput log) throws Exception {
        var maquina = maquina();
        var pessoa = daPessoa(navegador.codigo("admin", Identidade.SENHA));
        var nuncaVista = daPessoa(Navegador.codigo(navegador.get(Navegador.autoriza())));
        var alheio = deOutraChave(maquina);
        assertThat(com(pessoa, SEM_O_BANCO).statusCode()).isEqualTo(200);

        banco.silence();
        relogio.adianta(Duration.ofMinutes(3));
        todosJuntos(maquina);
        indisponivel(com(alheio, SEM_O_BANCO));
        assertThat(navegador.chaves().getKeys()).hasSize(1);
        banco.resume();
        await().atMost(SOSSEGO).until(() -> com(maquina, COM_O_BANCO).statusCode() == 200);
        assertThat(com(alheio, SEM_O_BANCO).statusCode())
                .as("now it can be told that there is no such key")
                .isEqualTo(401);

        banco.kill();
        relogio.adianta(Duration.ofMinutes(3));
        todosJuntos(maquina);
        todosJuntos(pessoa);
        indisponivel(com(nuncaVista, SEM_O_BANCO));
        indisponivel(com(alheio, SEM_O_BANCO));
        indisponivel(com(maquina, COM_O_BANCO));
        for (int i = 0; i < 3; i++) { // more often than anybody may fail
            indisponivel(navegador.maquina("robo", "segredo-do-robo"));
            indisponivel(navegador.entra("admin", Identidade.SENHA));
            indisponivel(navegador.get("/senha/nova?token=x"));
        }
        indisponivel(navegador.get(Navegador.autoriza()));
        indisponivel(navegador.renova("x"));
        for (var path : List.of("/oauth2/introspect", "/oauth2/revoke")) {
            indisponivel(navegador.post(
                    path, Map.of("token", maquina, "client_id", "robo", "client_secret", "segredo-do-robo")));
        }
        assertThat(navegador.chaves().getKeys()).hasSize(1);
        assertThat(log.getAll()).as("the container saw no exception").doesNotContain("Servlet.service()");

        banco.revive();
        await().atMost(SOSSEGO).until(() -> com(maquina, COM_O_BANCO).statusCode() == 200);
        assertThat(navegador.maquina("robo", "segredo-do-robo").statusCode())
                .as("nobody was charged")
                .isEqualTo(200);
        assertThat(com(nuncaVista, SEM_O_BANCO).statusCode()).isEqualTo(200);
        relogio.adianta(Duration.ofDays(31));
        await().atMost(SOSSEGO).until(() -> navegador.chaves().getKeys().size() == 2);
    }

    /// Many at once, each of which would have to ask about the token.
    private void todosJuntos(String token) throws Exception {
        var answers = new ArrayList<Future<Integer>>();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(all.submit(() -> com(token, SEM_O_BANCO).statusCode()));
            }
        }
        assertThat(answers).extracting(Future::resultNow).containsOnly(200);
    }

    private static void indisponivel(HttpResponse<String> answer) {
        assertThat(json(answer, 503).get("code").asString()).isEqualTo("UNAVAILABLE");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private HttpResponse<String> com(String token, String path) {
        return navegador.get(path, "Authorization", "Bearer " + token);
    }

    private String maquina() {
        return json(navegador.maquina("operadora", "da-operadora"), 200)
                .get("access_token")
                .asString();
    }

    private String daPessoa(String code) {
        return json(navegador.troca(code, Navegador.VERIFICADOR), 200)
                .get("access_token")
                .asString();
    }

    /// The same token, as somebody else would sign it.
    private static String deOutraChave(String token) throws JOSEException, java.text.ParseException {
        var key = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        var forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                SignedJWT.parse(token).getJWTClaimsSet());
        forged.sign(new RSASSASigner(key));
        return forged.serialize();
    }
}
