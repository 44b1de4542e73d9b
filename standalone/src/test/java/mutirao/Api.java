package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import mutirao.platform.identity.Role;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the REST API, as a person with curl is: somebody who may do everything, unless the test says who. As a
/// bean it talks to the application in the test's JVM.
@Lazy // the port is known once the application has started
public final class Api {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final Passes passes;
    private final @Nullable Quem quem;

    @Autowired
    public Api(@LocalServerPort int port, Passes passes) {
        this("http://127.0.0.1:" + port, passes, Quem.TODOS);
    }

    private Api(String base, Passes passes, @Nullable Quem quem) {
        this.base = base;
        this.passes = passes;
        this.quem = quem;
    }

    /// The same API, asked by somebody else.
    public Api como(Quem outro) {
        return new Api(base, passes, outro);
    }

    /// The same API, asked by another person who may do everything.
    public Api como(UUID outro) {
        return como(Quem.TODOS.com(outro));
    }

    /// The same API, asked by somebody who is only this, of an id of their own.
    public Api como(Role... papeis) {
        return como(Quem.TODOS.com(UUID.randomUUID()).com(papeis));
    }

    /// The same API, asked with this token, whatever it is.
    public Api comToken(String token) {
        return new Api(base, _ -> token, Quem.TODOS);
    }

    /// The same API, asked by whoever passes by.
    public Api semToken() {
        return new Api(base, passes, null);
    }

    /// Who asks.
    public Quem quem() {
        return Objects.requireNonNull(quem);
    }

    /// What came back.
    public record Resposta(int status, HttpResponse<String> http) {
        public JsonNode json() {
            return JSON.readTree(http.body());
        }

        public UUID id() {
            return UUID.fromString(json().get("id").asString());
        }

        public long position() {
            return json().get("position").asLong();
        }

        public String code() {
            return json().path("code").asString("");
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /// Itself, if its status is this.
        public Resposta com(int expected) {
            assertThat(status)
                    .as(http.request().method() + " " + http.uri() + " answered " + http.body())
                    .isEqualTo(expected);
            return this;
        }
    }

    /// @param headers name, value, name, value
    public Resposta send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PACIENCIA)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (quem != null) {
            request.header("Authorization", "Bearer " + passes.de(quem));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Resposta(response.statusCode(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Resposta get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Resposta post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /// Reads until what is read is so.
    public JsonNode ate(String path, Predicate<JsonNode> so) {
        return Awaitility.await(path)
                .atMost(PACIENCIA)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(path), answer -> answer.status() == 200 && so.test(answer.json()))
                .json();
    }

    /// A need of one line.
    public Resposta necessidade(String item, int quantity, String... headers) {
        return post("/api/necessidades", """
                {"category": "AGUA", "items": [{"item": "%s", "quantity": %d, "unit": "litro"}],
                 "location": {"name": "Abrigo Sarandi", "latitude": -29.98, "longitude": -51.12}, "urgency": "ALTA"}
                """.formatted(item, quantity), headers);
    }

    /// An offer of one line.
    public Resposta oferta(String item, int quantity, String... headers) {
        return post("/api/ofertas", """
                {"category": "AGUA", "items": [{"item": "%s", "quantity": %d, "unit": "litro"}],
                 "location": {"name": "Mercado"}, "availableUntil": "2999-01-01T00:00:00Z"}
                """.formatted(item, quantity), headers);
    }

    /// A delivery of one line, which the asker carries.
    public Resposta entrega(UUID oferta, UUID necessidade, String item, int quantity) {
        return post("/api/entregas", """
                {"ofertaId": "%s", "necessidadeId": "%s", "volunteerId": "%s",
                 "items": [{"item": "%s", "quantity": %d}]}
                """.formatted(oferta, necessidade, quem().id(), item, quantity));
    }

    /// Waits for a delivery's status.
    public JsonNode entregaEm(UUID id, String status) {
        return ate(
                "/api/entregas/" + id,
                entrega -> entrega.get("status").asString().equals(status));
    }
}
