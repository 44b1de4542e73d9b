package mutirao.benchmark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import mutirao.benchmark.unguarded.Unguarded;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;

/// The access token of the client that every measured program is started with, which may do everything. Fetched when it
/// is first needed, and again before it ends. Thread-safe.
final class Token implements Pass {
    /// Of the 15 minutes that one lives.
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final String SECRET = "benchmark";

    private final Source source;
    private @Nullable Known known;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(byte[] header, long fetched) {}

    /// Where it comes from.
    interface Source {
        String fetch() throws IOException, InterruptedException;
    }

    Token(Source source) {
        this.source = source;
    }

    /// What makes a program know the client: `MUTIRAO_BOOTSTRAP_CLIENT`.
    static String client() {
        var roles = Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(","));
        return Unguarded.CALLER + ":" + SECRET + ":" + roles;
    }

    /// A new one, from a program with an authorization server.
    static String fetch(int port) throws IOException {
        var basic = Base64.getEncoder()
                .encodeToString((Unguarded.CALLER + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
        var body = "grant_type=client_credentials";
        var request = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + basic
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        try (var http = new Http(port, Pass.NONE)) {
            return http.send(request.getBytes(StandardCharsets.US_ASCII))
                    .with(200)
                    .json()
                    .get("access_token")
                    .asString();
        }
    }

    @Override
    public synchronized byte[] header() throws IOException {
        if (known == null || System.nanoTime() - known.fetched() > KEPT.toNanos()) {
            try {
                var line = "Authorization: Bearer " + source.fetch() + "\r\n";
                known = new Known(line.getBytes(StandardCharsets.US_ASCII), System.nanoTime());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return requireNonNull(known).header();
    }
}
