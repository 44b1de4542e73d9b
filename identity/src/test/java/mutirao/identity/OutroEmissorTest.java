package mutirao.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import mutirao.Mutirao;
import mutirao.platform.start.StartFailure;
import mutirao.platform.test.FreshDatabase;
import mutirao.platform.test.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Tokens of an issuer that is not this program, with its roles where Keycloak puts them.
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = Mutirao.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "mutirao.side=command",
            "mutirao.identity.server=none",
            "mutirao.identity.audience=rede",
            "mutirao.identity.claims.roles=realm_access.roles"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
@Import(Navegador.class)
class OutroEmissorTest {
    private static final String OPERACAO = "/api/mensagens-mortas";
    private static final RSAKey CHAVE = chave();
    private static final HttpServer EMISSOR = emissor();

    @Autowired
    Navegador navegador;

    @DynamicPropertySource
    static void onde(DynamicPropertyRegistry registry) {
        registry.add("mutirao.identity.issuer", OutroEmissorTest::endereco);
    }

    @AfterAll
    static void fim() {
        EMISSOR.stop(0);
    }

    private static String endereco() {
        return "http://127.0.0.1:" + EMISSOR.getAddress().getPort();
    }

    private static RSAKey chave() {
        try {
            return new RSAKeyGenerator(2048).keyID("dele").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer emissor() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var base = "http://127.0.0.1:" + exchange.getLocalAddress().getPort();
                var body = exchange.getRequestURI().getPath().equals("/chaves")
                        ? new JWKSet(CHAVE.toPublicJWK()).toString()
                        : """
                        {"issuer": "%s", "jwks_uri": "%1$s/chaves", "subject_types_supported": ["public"],
                         "response_types_supported": ["code"], "authorization_endpoint": "%1$s/a",
                         "token_endpoint": "%1$s/t", "id_token_signing_alg_values_supported": ["RS256"]}
                        """.formatted(base);
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject(UUID.randomUUID().toString())
                .issuer(endereco())
                .audience("rede")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("realm_access", Map.of("roles", List.of("OPERADOR", "offline_access")));
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("dele").build(),
                change.apply(claims).build());
        token.sign(new RSASSASigner(CHAVE));
        return token.serialize();
    }

    private int resposta(String token) {
        return navegador.get(OPERACAO, "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void os_tokens_dele_valem_e_os_papeis_vem_de_onde_ele_os_poe() throws JOSEException {
        assertThat(resposta(token(same -> same))).isEqualTo(200);
        assertThat(resposta(token(claims -> claims.audience(List.of("rede", "account")))))
                .as("Keycloak names its own account pages too")
                .isEqualTo(200);
        assertThat(resposta(token(claims -> claims.claim("realm_access", Map.of("roles", List.of("USUARIO"))))))
                .isEqualTo(403);
        assertThat(resposta(token(claims -> claims.claim("realm_access", "OPERADOR"))))
                .isEqualTo(403);
    }

    @Test
    void os_que_nao_sao_para_aqui_nao_valem() throws JOSEException {
        assertThat(resposta(token(claims -> claims.audience("outra")))).isEqualTo(401);
        assertThat(resposta(token(claims -> claims.issuer("http://127.0.0.1:1"))))
                .isEqualTo(401);
        assertThat(resposta(token(claims -> claims.expirationTime(Date.from(Instant.EPOCH)))))
                .isEqualTo(401);
        assertThat(resposta(token(claims -> claims.expirationTime(null)))).isEqualTo(401);
        assertThat(resposta(token(claims -> claims.subject(null)))).isEqualTo(401);
        assertThat(resposta(token(claims -> claims.claim("org", "nenhuma")))).isEqualTo(401);
    }

    @Test
    void aqui_ninguem_entra_nem_recebe_token(CapturedOutput output) {
        var asked = navegador.post("/oauth2/token", Map.of("grant_type", "client_credentials"));
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(navegador.get("/entrar").statusCode()).isEqualTo(401);
        assertThat(output).doesNotContain("Using generated security password");
    }

    @Test
    void sem_servidor_e_sem_emissor_o_programa_nao_parte() {
        assertThatThrownBy(() -> new SpringApplication(Mutirao.class)
                        .run(
                                "--mutirao.side=command",
                                "--mutirao.identity.server=none",
                                "--server.port=0",
                                "--spring.datasource.url=" + TestDatabase.fresh(),
                                "--spring.datasource.username=postgres"))
                .satisfies(failure -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining("whose tokens"));
    }
}
