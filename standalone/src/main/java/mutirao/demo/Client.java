package mutirao.demo;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/// Somebody with a telephone: gets a token, sends commands, each with an idempotency key, and looks until it sees what
/// came of them.
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(30);

    private final RestClient http;
    private final String secret;
    private final Map<UUID, String> tokens = new ConcurrentHashMap<>();
    private int commands;

    /// @param secret of every [DemoUsers] client
    Client(String base, String secret) {
        this.http = RestClient.create(base);
        this.secret = secret;
    }

    private String token(UUID user) {
        return tokens.computeIfAbsent(
                user,
                id -> requireNonNull(http.post()
                                .uri("/oauth2/token")
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .headers(headers -> headers.setBasicAuth(id.toString(), secret))
                                .body("grant_type=client_credentials")
                                .retrieve()
                                .body(JsonNode.class))
                        .get("access_token")
                        .asString());
    }

    /// @param body JSON
    JsonNode post(UUID user, String path, String body) {
        return requireNonNull(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> headers.setBearerAuth(token(user)))
                .header("Idempotency-Key", "demonstracao-" + ++commands)
                .body(body)
                .retrieve()
                .body(JsonNode.class));
    }

    JsonNode get(UUID user, String path) {
        return requireNonNull(http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token(user)))
                .retrieve()
                .body(JsonNode.class));
    }

    /// Reads until what is read is so.
    ///
    /// @throws IllegalStateException when it takes too long
    JsonNode until(UUID user, String path, Predicate<JsonNode> so) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var seen = get(user, path);
            if (so.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(path + " ainda não é o que devia ser");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }
}
