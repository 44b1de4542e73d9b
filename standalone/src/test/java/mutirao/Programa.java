package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.platform.identity.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The program in a process of its own, on a data directory of its own and a free port, as an operator starts it: to be
/// killed and started again.
final class Programa implements AutoCloseable {
    /// As users run it.
    private static final List<String> USUAL = List.of("-Xmx1g");

    private static final String CLIENTE = "MUTIRAO_BOOTSTRAP_CLIENT";
    private static final String SECRET = "segredo-do-teste";

    private static final Pattern READY = Pattern.compile("is ready: http://localhost:(\\d+)");

    private static final Pattern TOMCAT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path dir;
    private final Processo process;
    private final int port;
    private volatile @Nullable String passe;

    private Programa(Path dir, ProcessBuilder process, Pattern ready) throws IOException {
        this.dir = dir;
        this.process = Processo.de(process);
        this.port = Integer.parseInt(ate(ready).group(1));
    }

    /// Returns when it can be used.
    static Programa em(Path dir, String... arguments) throws IOException {
        return em(Processo.BREVE, dir, arguments);
    }

    /// The same, fit to be measured once it has warmed up.
    static Programa medido(Path dir, String... arguments) throws IOException {
        return em(USUAL, dir, arguments);
    }

    private static Programa em(List<String> jvm, Path dir, String... arguments) throws IOException {
        var command = Modulo.STANDALONE.comando(jvm, "--server.port=0", "--mutirao.data-dir=" + dir);
        command.addAll(List.of(arguments));
        return new Programa(dir, comCliente(command), READY);
    }

    /// One side as compose's service starts it, with nothing in its environment but what stands there. Only the
    /// database and the address are those of the test, and one client more is let in.
    ///
    /// @param app where the service has `/app`
    static Programa lado(Modulo side, BancoProprio database, Path app) throws IOException {
        var process = comCliente(side.comando(Processo.BREVE, "--server.port=0"));
        var client = Map.copyOf(process.environment()).get(CLIENTE);
        process.environment().keySet().retainAll(Set.of("PATH", "HOME"));
        process.environment().putAll(Compose.lido().ambiente(side.servico()));
        process.environment().computeIfPresent("SPRING_DATASOURCE_URL", (_, url) -> {
            assertThat(url).contains("//postgres:5432/mutirao");
            return url.replace("postgres:5432/mutirao", database.endereco());
        });
        process.environment().put("SERVER_ADDRESS", "127.0.0.1");
        process.environment().put(CLIENTE, client);
        return new Programa(app, process.directory(app.toFile()), TOMCAT);
    }

    private static ProcessBuilder comCliente(List<String> command) {
        var process = new ProcessBuilder(command);
        var roles = Quem.TODOS.papeis().stream().map(Role::name).collect(Collectors.joining(","));
        process.environment().put(CLIENTE, Quem.TODOS.id() + ":" + SECRET + ":" + roles);
        return process;
    }

    /// Somebody who may do everything, with a token that this process gives.
    Api api() {
        return api(this);
    }

    /// The same, with a token from another process of the same installation.
    Api api(Programa server) {
        return new Api(port, server::passe);
    }

    /// What its client gets, as any program's would.
    private String passe(Quem quem) {
        assertThat(quem).as("the only client that it was started with").isEqualTo(Quem.TODOS);
        var known = passe == null ? novoPasse() : passe;
        passe = known;
        return known;
    }

    private String novoPasse() {
        return token(Quem.TODOS.id().toString(), SECRET);
    }

    /// What a client of that id and secret gets.
    String token(String id, String secret) {
        var basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .get("access_token")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What it has printed.
    String output() {
        return process.output();
    }

    /// Waits until it has printed this.
    MatchResult ate(Pattern line) {
        return process.ate(line);
    }

    /// As `kill -9` does.
    void matar() throws InterruptedException {
        process.mata();
    }

    /// The PostgreSQL that it has started.
    ProcessHandle banco() throws IOException {
        var pid = Files.readAllLines(dir.resolve("postgres/postmaster.pid"), StandardCharsets.ISO_8859_1)
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /// A session in that PostgreSQL, as its administrator.
    Connection sql() throws IOException, SQLException {
        var port = Files.readAllLines(dir.resolve("postgres/postmaster.pid"), StandardCharsets.ISO_8859_1)
                .get(3);
        var password = Files.readString(dir.resolve("postgres.password")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port.strip() + "/mutirao", "mutirao", password);
    }

    /// Makes many copies of all aggregates there are, event by event.
    void multiplica(int copies) throws IOException, SQLException {
        try (var db = sql();
                var statement = db.createStatement()) {
            statement.execute("""
                    with original as (
                      select *, split_part(aggregate_identifier, type || '-', 2) as id from domain_event
                    ), copy as materialized (
                      select n, id, gen_random_uuid()::text as other
                      from generate_series(1, %d) n cross join (select distinct id from original) ids
                    )
                    insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                                              payload_type, payload_revision, payload, meta_data)
                    select gen_random_uuid()::text, type || '-' || other, sequence_number, type, time_stamp,
                           payload_type, payload_revision, replace(payload::text, id, other)::jsonb, meta_data
                    from original join copy using (id) order by n, id, sequence_number
                    """.formatted(copies));
        }
    }

    /// Stops it as the operating system does, and waits for it and its database.
    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
