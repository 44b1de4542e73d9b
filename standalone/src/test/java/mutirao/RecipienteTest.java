package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What comes over the wire that no client would send: what the container refuses before the program sees it is a
/// problem like all others, and what a request says of the program's address is not believed.
@Aplicacao
class RecipienteTest {
    private static final String HOST = "Host: localhost\r\nConnection: close\r\n";

    @LocalServerPort
    int port;

    @Autowired
    Api api;

    static Stream<Arguments> pedidos_que_nao_sao_pedidos() {
        return Stream.of(
                Arguments.of(400, "GET /api/necessidades?limit[]=1 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/necessidades/%00 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api%2fnecessidades HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/necessidades%5c HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/\u0000 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/../../x HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(400, "isto nao e HTTP\r\n\r\n"),
                Arguments.of(505, "GET /api/necessidades HTTP/9.9\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/necessidades HTTP/1.1\r\nConnection: close\r\n\r\n"),
                Arguments.of(400, "GET /api/necessidades HTTP/1.1\r\nHost: a\r\n" + HOST + "\r\n"),
                Arguments.of(400, "GET /api/necessidades HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
                Arguments.of(400, "GET /api/necessidades HTTP/1.1\r\n" + HOST + "X-A: \u0000\r\n\r\n"),
                Arguments.of(400, "GET /api/necessidades HTTP/1.1\r\n" + HOST + "X A: b\r\n\r\n"),
                Arguments.of(
                        400,
                        "POST /api/necessidades HTTP/1.1\r\n" + HOST
                                + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                Arguments.of(400, "POST /api/necessidades HTTP/1.1\r\n" + HOST + "Content-Length: muito\r\n\r\n{}"),
                Arguments.of(
                        501, "POST /api/necessidades HTTP/1.1\r\n" + HOST + "Transfer-Encoding: nenhuma\r\n\r\n{}"),
                Arguments.of(
                        417,
                        "POST /api/necessidades HTTP/1.1\r\n" + HOST
                                + "Content-Length: 2\r\nExpect: milagre\r\n\r\n{}"),
                Arguments.of(
                        400, "GET /api/necessidades HTTP/1.1\r\n" + HOST + "X-A: " + "a".repeat(100_000) + "\r\n\r\n"),
                Arguments.of(400, "GET /api/" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource
    void pedidos_que_nao_sao_pedidos(int status, String request) {
        new Fio(port).diz(request).problema(status);
    }

    private static final String MAU = "mau.example";

    /// Every address that redirects, or writes where the program is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/docs?x=1",
                "/entrar",
                "/oauth2/authorize?response_type=code&client_id=mutirao-docs&scope=openid&state=x"
                        + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Fswagger-ui%2Foauth2-redirect.html"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-initializer.js",
                "/asyncapi",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/.well-known/oauth-protected-resource",
                "/oauth2/jwks",
                "/connect/logout",
                "/api/necessidades",
                "/api/publico/necessidades",
                "/actuator/health"
            })
    void quem_pede_nao_diz_onde_o_programa_esta(String path) {
        var answer = new Fio(port)
                .get(
                        path,
                        "Host: " + MAU,
                        "X-Forwarded-Host: " + MAU,
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Prefix: /" + MAU,
                        "Forwarded: host=" + MAU + ";proto=https");

        assertThat(answer.status()).as(answer.head()).isLessThan(500);
        assertThat(answer.head() + answer.body()).doesNotContain(MAU);
    }

    @Test
    void um_redirecionamento_e_relativo_e_um_endereco_inteiro_e_o_do_emissor() {
        var fio = new Fio(port);
        assertThat(fio.get("/", "Host: " + MAU).header("Location")).isEqualTo("/docs");
        assertThat(fio.get("/docs", "Host: " + MAU).header("Location")).startsWith("/swagger-ui/index.html");
        assertThat(fio.get("/v3/api-docs", "Host: " + MAU).json().get("servers").toString())
                .isEqualTo("[{\"url\":\"/\"}]");
        assertThat(fio.get("/api/necessidades", "Host: " + MAU).header("WWW-Authenticate"))
                .contains("\"http://localhost/.well-known/oauth-protected-resource\"");
        assertThat(fio.get("/.well-known/oauth-protected-resource", "Host: " + MAU)
                        .json()
                        .get("resource")
                        .asString())
                .isEqualTo("http://localhost");
    }

    @Test
    void um_pedido_direito_depois_de_outro_torto_e_respondido() {
        new Fio(port).diz("isto nao e HTTP\r\n\r\n").problema(400);
        api.get("/api/necessidades").com(200);
    }
}
