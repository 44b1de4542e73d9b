package mutirao.demo;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/// Somebody with a telephone: sends commands, each with an idempotency key, and looks until it sees what came of them.
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(30);

    private final RestClient http;
    private int commands;

    Client(String base) {
        this.http = RestClient.create(base);
    }

    /// @param body JSON
    JsonNode post(UUID user, String path, String body) {
        return requireNonNull(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-User-Id", user.toString())
                .header("Idempotency-Key", "demonstracao-" + ++commands)
                .body(body)
                .retrieve()
                .body(JsonNode.class));
    }

    JsonNode get(String path) {
        return requireNonNull(http.get().uri(path).retrieve().body(JsonNode.class));
    }

    JsonNode get(UUID user, String path) {
        return requireNonNull(http.get()
                .uri(path)
                .header("X-User-Id", user.toString())
                .retrieve()
                .body(JsonNode.class));
    }

    /// Reads until what is read is so.
    ///
    /// @throws IllegalStateException when it takes too long
    JsonNode until(String path, Predicate<JsonNode> so) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var seen = get(path);
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
