package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A shell in an empty directory, with nothing in its environment but `PATH`, `HOME` and what a document names.
///
/// What stands in for what is not there: `java -jar` of a jar that is made after the tests starts the jar's class
/// path; `./mvnw spring-boot:run` starts standalone's, and its other goals do nothing, since a build runs this;
/// `pg_dump` only tells where it would have gone; `curl` says each answer's status as well.
final class Terminal implements AutoCloseable {
    /// Below what systems give to outgoing connections.
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 30_000;
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP (\\d{3})$");

    private final Path home;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private final List<Processo> programs = new ArrayList<>();

    Terminal(Path home) throws IOException {
        this.home = home;
        var bin = Files.createDirectory(home.resolve("bin"));
        var jars = Arrays.stream(Modulo.values())
                .map(module -> module.jar() + ") " + exec(module) + " \"$@\" ;;")
                .collect(Collectors.joining("\n"));
        script(bin.resolve("java"), """
                [ "$1" = -jar ] || exit 64
                jar=$2; shift 2
                case $jar in
                %s
                esac
                exit 65
                """.formatted(jars));
        script(home.resolve("mvnw"), "case $* in *spring-boot:run*) %s ;; esac\n".formatted(exec(Modulo.STANDALONE)));
        script(bin.resolve("pg_dump"), "env | grep ^PG\n");
        script(
                bin.resolve("curl"),
                "PATH=${PATH#*:}\nexec curl -w '%{stderr}\\nHTTP %{http_code}\\n' --max-time 60 \"$@\"\n");
    }

    private static String exec(Modulo module) {
        return module.comando(Processo.BREVE).stream().collect(Collectors.joining("' '", "exec '", "'"));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// A port that nobody listens on.
    static int porta() throws IOException {
        var random = new SplittableRandom();
        while (true) {
            var port = random.nextInt(LOWEST, HIGHEST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException _) {
                // somebody does
            }
        }
    }

    Terminal com(String name, String value) {
        variables.put(name, value);
        return this;
    }

    private ProcessBuilder bash(String text) {
        var process = new ProcessBuilder("bash", "-c", text).directory(home.toFile());
        process.environment().keySet().retainAll(Set.of("HOME"));
        process.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        process.environment().putAll(variables);
        return process;
    }

    /// Starts what goes on running, after what was pasted before.
    Processo parte(String text) throws IOException {
        var program = Processo.de(bash(antes() + text));
        programs.add(program);
        return program;
    }

    /// Pastes something that ends, in the shell in which what was pasted before has been. It may not fail, and neither
    /// may a request.
    ///
    /// @param statuses that requests may have beside 2xx
    /// @return what it has printed
    String cola(String text, Integer... statuses) throws IOException, InterruptedException {
        try (var shell = Processo.de(bash(antes() + "echo ANTES; echo ANTES >&2\n" + text))) {
            var code = shell.fim();
            var output = shell.output().replaceFirst("(?s).*ANTES\n?", "");
            assertThat(code).as(() -> text + "\nsays\n" + output).isZero();
            assertThat(STATUS.matcher(output).results().map(found -> Integer.valueOf(found.group(1))))
                    .as(() -> text + "\nsays\n" + output)
                    .allMatch(status -> status / 100 == 2 || List.of(statuses).contains(status));
            return output;
        }
    }

    /// Pastes something whose variables and functions count for what follows.
    String guarda(String text, Integer... statuses) throws IOException, InterruptedException {
        var output = cola(text, statuses);
        said.add(text);
        return output;
    }

    /// Again, which has to change nothing.
    private String antes() {
        return said.isEmpty() ? "" : "{\n" + String.join("\n", said) + "\n} >/dev/null 2>&1\n";
    }

    @Override
    public void close() throws InterruptedException {
        for (var program : programs) {
            program.close();
        }
    }
}
