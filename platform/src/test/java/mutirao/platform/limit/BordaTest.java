package mutirao.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.stream.Stream;
import mutirao.platform.rest.BordaRest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// The limits and CORS in front of a real Tomcat, and nothing behind them but a door that is always shut.
class BordaTest {
    private static final String APP = "https://app.example.org";

    private final HttpClient http = HttpClient.newHttpClient();
    private ServletWebServerApplicationContext server;

    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        MessageSourceAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @EnableConfigurationProperties(LimitSettings.class)
    @Import({LimitConfig.class, BordaRest.class, Porta.class})
    static class Programa {}

    /// No component, which the scan of other modules' tests would find.
    static class Porta {
        @Bean
        RouterFunction<ServerResponse> fechada() {
            return RouterFunctions.route()
                    .POST(
                            "/oauth2/token",
                            _ -> ServerResponse.status(HttpStatus.UNAUTHORIZED).body("no"))
                    .build();
        }
    }

    @AfterEach
    void parar() {
        if (server != null) {
            server.close();
        }
    }

    @Nested
    class Atras_de_um_proxy {
        @Test
        void sem_configuracao_o_que_o_cliente_diz_de_si_nada_muda() {
            partir();

            assertThat(tenta("X-Forwarded-For", "198.51.100.1").statusCode()).isEqualTo(401);
            assertThat(tenta("X-Forwarded-For", "198.51.100.2").statusCode()).isEqualTo(429);
            assertThat(tenta("Forwarded", "for=198.51.100.3").statusCode()).isEqualTo(429);
        }

        @Test
        void um_proxy_de_confianca_diz_de_quem_e_o_pedido() {
            partir("server.forward-headers-strategy=native", "server.tomcat.remoteip.internal-proxies=127\\.0\\.0\\.1");

            assertThat(tenta("X-Forwarded-For", "198.51.100.1").statusCode()).isEqualTo(401);
            assertThat(tenta("X-Forwarded-For", "198.51.100.2").statusCode()).isEqualTo(401);
            assertThat(tenta("X-Forwarded-For", "198.51.100.1").statusCode()).isEqualTo(429);
            assertThat(tenta("X-Forwarded-For", "198.51.100.77, 198.51.100.1").statusCode())
                    .as("what the client put before the proxy's own word")
                    .isEqualTo(429);
        }

        @Test
        void de_outro_que_o_proxy_de_confianca_nao_se_acredita() {
            partir("server.forward-headers-strategy=native", "server.tomcat.remoteip.internal-proxies=10\\.0\\.0\\.1");

            assertThat(tenta("X-Forwarded-For", "198.51.100.1").statusCode()).isEqualTo(401);
            assertThat(tenta("X-Forwarded-For", "198.51.100.2").statusCode()).isEqualTo(429);
        }
    }

    @Nested
    class De_outras_paginas {
        @Test
        void sem_configuracao_nenhuma_pagina_le_a_resposta() {
            partir();

            assertThat(tenta("Origin", APP).headers().map()).doesNotContainKey("access-control-allow-origin");
        }

        @Test
        void a_pagina_permitida_pergunta_e_le_ate_a_recusa() {
            partir("mutirao.cors.origens=" + APP);

            var preflight = pergunta(APP, "/api/ofertas");
            assertThat(preflight.statusCode()).isEqualTo(200);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(APP);
            assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-credentials");
            assertThat(tenta("Origin", APP).statusCode()).isEqualTo(401);
            var refused = tenta("Origin", APP);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly(APP);
            assertThat(refused.headers().firstValue("Access-Control-Expose-Headers"))
                    .hasValueSatisfying(names -> assertThat(names).contains("Retry-After", "ETag"));
        }

        @Test
        void as_outras_paginas_e_os_formularios_nao() {
            partir("mutirao.cors.origens=" + APP);

            assertThat(pergunta("https://outra.example.org", "/api/ofertas").statusCode())
                    .isEqualTo(403);
            assertThat(pergunta(APP, "/entrar").headers().map()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutirao.limites.pessoa.por-segundo=0",
                "mutirao.limites.publico.rajada=-1",
                "mutirao.limites.publico.por-segundo=1000001",
                "mutirao.cors.origens=app.example.org",
                "mutirao.cors.origens=https://app.example.org/pagina"
            })
    void um_limite_sem_sentido_nao_deixa_o_programa_partir(String setting) {
        assertThatException()
                .isThrownBy(() -> partir(setting))
                .havingRootCause()
                .withMessageContaining("mutirao");
    }

    private void partir(String... settings) {
        var few = Stream.of("server.port=0", "mutirao.limites.falhas.por-minuto=1", "mutirao.limites.falhas.rajada=1");
        server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Programa.class)
                .web(WebApplicationType.SERVLET)
                .run(Stream.concat(few, Arrays.stream(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    private HttpResponse<String> tenta(String header, String value) {
        return chama(HttpRequest.newBuilder(endereco("/oauth2/token"))
                .header(header, value)
                .POST(BodyPublishers.noBody())
                .build());
    }

    private HttpResponse<String> pergunta(String origin, String path) {
        return chama(HttpRequest.newBuilder(endereco(path))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,if-match")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
    }

    private URI endereco(String path) {
        return URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path);
    }

    private HttpResponse<String> chama(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
