package mutirao;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

    @Test
    void um_pedido_direito_depois_de_outro_torto_e_respondido() {
        new Fio(port).diz("isto nao e HTTP\r\n\r\n").problema(400);
        api.get("/api/necessidades").com(200);
    }
}
