package mutirao;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says to a port what no HTTP client would.
final class Fio {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int port;

    Fio(int port) {
        this.port = port;
    }

    /// What came back before the connection was closed.
    record Resposta(int status, String head, String body) {
        /// The value of the header, or nothing.
        String header(String name) {
            var begin = name.toLowerCase(Locale.ROOT) + ":";
            return Arrays.stream(head.split("\r\n"))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                    .map(line -> line.substring(begin.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        }

        /// Itself, if it is a problem of this status.
        Resposta problema(int expected) {
            assertThat(status).as(head + "\n" + body).isEqualTo(expected);
            assertThat(header("Content-Type")).as(head + "\n" + body).isEqualTo("application/problem+json");
            assertThat(json().get("status").asInt()).isEqualTo(expected);
            assertThat(json().get("code").asString()).isNotEmpty();
            assertThat(json().get("traceId").asString()).isNotEmpty();
            return this;
        }
    }

    /// Sends these characters, one byte each.
    Resposta diz(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            var end = answer.indexOf("\r\n\r\n");
            assertThat(end).as(answer).isPositive();
            return new Resposta(
                    Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A `GET` with these header lines and no others.
    Resposta get(String path, String... headers) {
        return diz("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }
}
