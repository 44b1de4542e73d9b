package mutirao.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mutirao.api.Actors;
import mutirao.platform.identity.Actor;
import mutirao.platform.rest.Problemas;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/// Who is told to come back later, and who is not.
class FiltrosTest {
    private static final String CASA = "203.0.113.7";
    private static final String RUA = "203.0.113.8";
    private static final UUID RAFA = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final UUID BIA = UUID.fromString("33333333-3333-4333-8333-333333333333");

    private final Relogio relogio = new Relogio();
    private final TooMany tooMany = new TooMany(Problemas.novos());
    private final AtomicInteger passaram = new AtomicInteger();
    private final AtomicInteger esperando = new AtomicInteger();

    @Nested
    class Falhas {
        private final Filter filtro = new FailureFilter(poucas(), poucas(), tooMany);

        private Buckets<Address> poucas() {
            return new Buckets<>(new Rate(3, 10, Duration.ofMinutes(1)), relogio);
        }

        @ParameterizedTest
        @CsvSource({
            "GET, /api/necessidades, 401",
            "POST, /oauth2/token, 400",
            "POST, /oauth2/token, 401",
            "POST, /oauth2/introspect, 401",
            "POST, /entrar, 403",
            "GET, /senha/convite, 404",
            "POST, /senha, 400",
            "GET, /actuator/prometheus, 401"
        })
        void cada_falha_custa_uma(String method, String path, int status) {
            IntStream.range(0, 3)
                    .forEach(_ -> assertThat(
                                    chama(CASA, method, path, responde(status)).getStatus())
                            .isEqualTo(status));

            assertThat(passaram).hasValue(3);
            var proof = method.equals("POST") || path.startsWith("/senha");
            var one = proof ? chama(CASA, "POST", "/oauth2/token", responde(200)) : pergunta();
            var other = proof ? pergunta() : chama(CASA, "POST", "/oauth2/token", responde(200));
            assertThat(one.getStatus()).as("nothing is hashed any more").isEqualTo(429);
            assertThat(other.getStatus()).as("the two are counted apart").isEqualTo(200);
        }

        private MockHttpServletResponse pergunta() {
            return chama(CASA, "GET", "/api/necessidades", responde(200));
        }

        @Test
        void um_formulario_mostrado_de_novo_e_uma_falha() {
            for (var location : List.of("/entrar?erro", "http://localhost/entrar?erro", "/entrar")) {
                assertThat(chama(CASA, "POST", "/entrar", vaiPara(location)).getStatus())
                        .isEqualTo(302);
            }
            assertRecusado(chama(CASA, "POST", "/entrar", responde(302)), 6);
        }

        @Test
        void o_que_da_certo_nada_custa() {
            for (int i = 0; i < 50; i++) {
                assertThat(chama(CASA, "POST", "/oauth2/token", responde(200)).getStatus())
                        .isEqualTo(200);
                assertThat(chama(CASA, "POST", "/entrar", vaiPara("/oauth2/authorize?a=%7C|{"))
                                .getStatus())
                        .isEqualTo(302);
                assertThat(chama(CASA, "GET", "/api/necessidades", responde(404))
                                .getStatus())
                        .isEqualTo(404);
                assertThat(chama(CASA, "GET", "/entrar", responde(200)).getStatus())
                        .isEqualTo(200);
            }
        }

        @Test
        void sem_token_nem_se_pergunta_a_quem_falhou_demais() {
            esgotar(CASA);

            assertRecusado(chama(CASA, "GET", "/api/necessidades", responde(401)), 6);
            assertThat(passaram).hasValue(6);
        }

        @Test
        void um_token_bom_passa_venha_de_onde_vier() {
            esgotar(CASA);

            assertThat(comToken(CASA, "/api/necessidades", responde(200)).getStatus())
                    .isEqualTo(200);
            assertThat(comToken(CASA, "/oauth2/token", responde(200)).getStatus())
                    .as("a password is not a token")
                    .isEqualTo(429);
        }

        @Test
        void um_token_ruim_de_quem_falhou_demais_e_recusado_do_mesmo_modo() {
            esgotar(CASA);

            var answer = comToken(CASA, "/api/necessidades", responde(401));
            assertRecusado(answer, 6);
            assertThat(answer.getHeader("WWW-Authenticate")).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/publico/necessidades", "/entrar", "/docs", "/actuator/health"})
        void o_que_nao_se_adivinha_continua_aberto(String path) {
            esgotar(CASA);

            assertThat(chama(CASA, "GET", path, responde(200)).getStatus()).isEqualTo(200);
        }

        @Test
        void o_endereco_ao_lado_nada_sente_e_o_tempo_perdoa() {
            esgotar(CASA);

            assertThat(chama(RUA, "POST", "/entrar", responde(302)).getStatus()).isEqualTo(302);
            relogio.passa(Duration.ofSeconds(6));
            assertThat(chama(CASA, "POST", "/entrar", responde(302)).getStatus())
                    .isEqualTo(302);
        }

        /// Those under way when the bucket is empty are as many as may run at a time.
        @Test
        void quem_tenta_tudo_de_uma_vez_nao_aprende_mais() {
            var resposta = new CountDownLatch(1);
            FilterChain demorada = (request, response) -> {
                esperar(resposta);
                responde(400).doFilter(request, response);
            };
            var answers = new ArrayList<Future<MockHttpServletResponse>>();
            try (var todos = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    answers.add(todos.submit(() -> chama(CASA, "POST", "/oauth2/token", demorada)));
                }
                await().during(Duration.ofMillis(200)).until(() -> esperando.get() == 8);
                assertThat(chama(RUA, "POST", "/oauth2/token", responde(200)).getStatus())
                        .as("others do not wait for them")
                        .isEqualTo(200);
                passaram.set(0);
                resposta.countDown();
            }
            assertThat(answers)
                    .extracting(answer -> answer.resultNow().getStatus())
                    .containsOnly(400, 429);
            assertThat(passaram.get()).isBetween(8, 3 + 7);
        }

        private void esperar(CountDownLatch latch) {
            esperando.incrementAndGet();
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private void esgotar(String address) {
            IntStream.range(0, 3).forEach(_ -> chama(address, "POST", "/oauth2/token", responde(400)));
            IntStream.range(0, 3).forEach(_ -> chama(address, "GET", "/api/necessidades", responde(401)));
        }

        private MockHttpServletResponse chama(String address, String method, String path, FilterChain chain) {
            return passar(filtro, pedido(address, method, path), chain);
        }

        private MockHttpServletResponse comToken(String address, String path, FilterChain chain) {
            var request = pedido(address, "POST", path);
            request.addHeader("Authorization", "bearer abc");
            return passar(filtro, request, chain);
        }
    }

    @Nested
    class Chamadas {
        private final Filter filtro = new CallFilter(
                new Buckets<>(new Rate(3, 1, Duration.ofSeconds(1)), relogio),
                new Buckets<>(new Rate(2, 1, Duration.ofSeconds(10)), relogio),
                tooMany);

        @Test
        void quem_chama_paga_venha_de_onde_vier() {
            IntStream.range(0, 3)
                    .forEach(_ -> assertThat(chama(RAFA, CASA, "/api/ofertas").getStatus())
                            .isEqualTo(200));

            assertRecusado(chama(RAFA, RUA, "/api/ofertas"), 1);
            assertRecusado(chama(RAFA, RUA, "/api/publico/necessidades"), 1);
            assertThat(passaram).hasValue(3);
            assertThat(chama(BIA, CASA, "/api/ofertas").getStatus()).isEqualTo(200);
            relogio.passa(Duration.ofSeconds(1));
            assertThat(chama(RAFA, CASA, "/api/ofertas").getStatus()).isEqualTo(200);
        }

        @Test
        void uma_leitura_publica_de_ninguem_e_do_endereco() {
            IntStream.range(0, 2)
                    .forEach(_ -> assertThat(chama(null, CASA, "/api/publico/necessidades")
                                    .getStatus())
                            .isEqualTo(200));

            assertRecusado(chama(null, CASA, "/api/publico/necessidades"), 10);
            assertThat(chama(null, RUA, "/api/publico/necessidades").getStatus())
                    .isEqualTo(200);
            assertThat(chama(RAFA, CASA, "/api/publico/necessidades").getStatus())
                    .as("a good token is not refused because of its address")
                    .isEqualTo(200);
        }

        @Test
        void o_resto_nao_e_contado() {
            for (int i = 0; i < 20; i++) {
                assertThat(chama(RAFA, CASA, "/actuator/health").getStatus()).isEqualTo(200);
                assertThat(chama(null, CASA, "/docs").getStatus()).isEqualTo(200);
                assertThat(chama(null, CASA, "/api/ofertas").getStatus())
                        .as("refused by others")
                        .isEqualTo(200);
            }
        }

        private MockHttpServletResponse chama(@Nullable UUID who, String address, String path) {
            var request = pedido(address, "GET", path);
            try {
                return who == null
                        ? passar(filtro, request, responde(200))
                        : Actor.caller(who, Actors.ORGANIZATION, Set.of())
                                .does(() -> passar(filtro, request, responde(200)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private FilterChain responde(int status) {
        return (_, response) -> {
            passaram.incrementAndGet();
            var http = (HttpServletResponse) response;
            http.setStatus(status);
            if (status == 401) {
                http.setHeader("WWW-Authenticate", "Bearer");
            }
            http.getOutputStream().print("corpo");
        };
    }

    private FilterChain vaiPara(String location) {
        return (_, response) -> {
            passaram.incrementAndGet();
            ((HttpServletResponse) response).sendRedirect(location);
        };
    }

    private static MockHttpServletRequest pedido(String address, String method, String path) {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        request.setRemoteAddr(address);
        return request;
    }

    private static MockHttpServletResponse passar(Filter filter, MockHttpServletRequest request, FilterChain chain) {
        var response = new MockHttpServletResponse();
        try {
            filter.doFilter(request, response, chain);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return response;
    }

    private static void assertRecusado(MockHttpServletResponse answer, int seconds) {
        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getHeader("Retry-After")).isEqualTo(String.valueOf(seconds));
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeader("X-Frame-Options")).isEqualTo("DENY");
        var problem = new JsonMapper().readTree(answer.getContentAsByteArray());
        assertThat(problem.get("code").asString()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(problem.get("status").asInt()).isEqualTo(429);
        assertThat(problem.get("traceId").asString()).isNotBlank();
    }
}
