package mutirao.standalone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mutirao.platform.start.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// A PostgreSQL server and its files, handled with PostgreSQL's own programs.
///
/// Zonky's launcher, whose binaries these are, is made for tests: it starts a server with `fsync` off whose superuser
/// has no password, and takes a change of a directory's time for a broken unpack.
final class Cluster {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    /// The superuser, and the database of the application.
    static final String NAME = "mutirao";

    /// After a SIGKILL, the processes of a server and their shared memory may linger for some seconds.
    private static final Duration LINGERING = Duration.ofSeconds(20);

    private static final String LOOPBACK = "127.0.0.1";

    private final DataDir home;
    private final Binaries binaries;
    private final Path data;
    private final PidFile pidFile;
    private final Path serverLog;
    private final Path programLog;

    private Cluster(DataDir home, Binaries binaries) {
        this.home = home;
        this.binaries = binaries;
        this.data = home.resolve("postgres");
        this.pidFile = new PidFile(data.resolve("postmaster.pid"), binaries);
        this.serverLog = home.resolve("postgres.log");
        this.programLog = home.resolve("postgres-program.log");
    }

    /// The one in that directory, made if there is none. A server that has outlived its Mutirão is stopped.
    static Cluster in(DataDir home) throws IOException {
        var cluster = new Cluster(home, Binaries.unpackedIn(home.resolve("postgres-bin")));
        if (Files.notExists(cluster.data)) {
            cluster.create();
        }
        return cluster;
    }

    String password() throws IOException {
        return Files.readString(home.passwordFile()).strip();
    }

    /// The JDBC URL of the application's database.
    static String url(int port) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + NAME;
    }

    /// Starts on a free port of the loopback interface, and returns that.
    int start() throws IOException {
        return startOn(Cluster::freePort);
    }

    /// Starts on a port it has had before, where its users look for it.
    void restart(int port) throws IOException {
        startOn(() -> port);
    }

    /// Whether the server runs.
    boolean alive() throws IOException {
        return pidFile.process().isPresent();
    }

    private interface Ports {
        int next() throws IOException;
    }

    private int startOn(Ports ports) throws IOException {
        var until = System.nanoTime() + LINGERING.toNanos();
        while (true) {
            stopSurvivor();
            pidFile.forgetStranger();
            var port = ports.next();
            configure(port);
            if (run("pg_ctl", "-D", data.toString(), "-l", serverLog.toString(), "-w", "-t", "600", "start") == 0) {
                return port;
            }
            var said = said();
            if (!passing(said) || System.nanoTime() > until) {
                throw failure("PostgreSQL does not start", said);
            }
            pause();
        }
    }

    /// Ends sessions, writes everything down, and returns when the server has ended.
    void stop() throws IOException {
        pidFile.forgetStranger();
        if (pidFile.process().isEmpty() || stop("fast", 60) || stop("immediate", 10)) {
            return;
        }
        if (pidFile.process().isPresent()) {
            log.warn("PostgreSQL in {} does not stop; the next start will see to it", data);
        }
    }

    /// Built aside and moved into place with its password set: a start that is killed halfway leaves rubbish, but no
    /// database that anyone may enter. An initdb that survives that start goes on in a directory nobody looks at.
    private void create() throws IOException {
        discardUnfinished();
        var fresh = Files.createTempDirectory(home.path(), "postgres.new");
        // Provided by PostgreSQL itself, so that text sorts alike on every platform.
        var exit = run(
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + NAME,
                "--pwfile=" + home.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (exit != 0) {
            throw failure("PostgreSQL cannot make its files", said());
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void discardUnfinished() throws IOException {
        try (var left = Files.newDirectoryStream(home.path(), "postgres.new*")) {
            for (var dir : left) {
                FileSystemUtils.deleteRecursively(dir.toFile());
            }
        }
    }

    /// Whoever changed a setting with `alter system` keeps it, since that is read after this file.
    ///
    /// Errors are not logged: the program gets each of them, a version conflict is one, and they quote data.
    private void configure(int port) throws IOException {
        if (Files.exists(serverLog)) {
            Files.move(serverLog, home.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(data.resolve("postgresql.conf"), """
                # Written by Mutirão at every start. Use `alter system` for settings of your own.
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 100
                shared_buffers = '128MB'
                wal_level = minimal        # nobody replicates it; tables that a rebuild fills need not be written twice
                max_wal_senders = 0
                fsync = on
                autovacuum_naptime = 10s   # a new table soon has statistics, and with them plans that fit
                synchronous_commit = on
                full_page_writes = on
                timezone = 'UTC'
                log_timezone = 'UTC'
                datestyle = 'iso, ymd'
                lc_messages = 'C'
                log_min_messages = 'log'
                log_min_error_statement = 'panic'
                log_checkpoints = off
                """.formatted(LOOPBACK, port));
    }

    /// The server of a Mutirão that was killed is still there, with the port and the settings of that time.
    private void stopSurvivor() throws IOException {
        var survivor = pidFile.survivor();
        if (survivor.isPresent()) {
            log.warn("PostgreSQL outlived the Mutirão that started it; stopping it");
            if (!stop("fast", 30)) {
                survivor.get().destroyForcibly();
            }
        }
    }

    private boolean stop(String mode, int seconds) throws IOException {
        return run("pg_ctl", "-D", data.toString(), "-m", mode, "-w", "-t", Integer.toString(seconds), "stop") == 0;
    }

    private int run(String program, String... arguments) throws IOException {
        return binaries.run(programLog, program, arguments);
    }

    /// What the last program and the server had to say.
    private List<String> said() throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(programLog, StandardCharsets.ISO_8859_1));
        if (Files.exists(serverLog)) {
            lines.addAll(Files.readAllLines(serverLog, StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    /// Whether another try may go better: a predecessor has not quite gone, or somebody took the port.
    private static boolean passing(List<String> said) {
        Predicate<String> known = line -> line.contains("\"postmaster.pid\" already exists")
                || line.contains("is still in use")
                || line.contains("could not create any TCP/IP sockets");
        return said.stream().anyMatch(known);
    }

    private StartFailure failure(String what, List<String> said) {
        var reasons = said.stream()
                .filter(line -> Stream.of("FATAL:", "PANIC:", "error:", "HINT:").anyMatch(line::contains))
                .toList();
        var reason = String.join("\n", reasons.isEmpty() ? said : reasons);
        return new StartFailure(
                what + ": " + reason, "See " + (Files.exists(serverLog) ? serverLog : programLog) + ".");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for PostgreSQL");
        }
    }
}
