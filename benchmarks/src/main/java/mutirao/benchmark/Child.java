package mutirao.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A process that is measured. It is stopped when it is closed, and when this process ends.
final class Child implements AutoCloseable {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
    private static final Duration READY = Duration.ofMinutes(2);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;
    private final Pass pass;

    private Child(String name, Process process, Path log, int port, Pass pass) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
        this.pass = pass;
    }

    /// @param log  what it prints goes there
    /// @param port where it is expected to listen
    static Child start(String name, List<String> command, Map<String, String> environment, Path log, int port)
            throws IOException {
        return start(name, command, environment, log, port, Pass.NONE);
    }

    /// @param pass what its requests bring
    static Child start(
            String name, List<String> command, Map<String, String> environment, Path log, int port, Pass pass)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        ALIVE.add(process);
        return new Child(name, process, log, port, pass);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /// A connection to it, whose requests it lets in.
    Http http() throws IOException {
        return new Http(port, pass);
    }

    /// The same process, whose requests bring nothing. To be closed once, here or there.
    Child asStranger() {
        return new Child(name, process, log, port, Pass.NONE);
    }

    long pid() {
        return process.pid();
    }

    /// Waits until a GET is answered with 200.
    ///
    /// @return after which time since the call
    /// @throws IllegalStateException when it has ended or is not ready in two minutes
    Duration ready(String path) throws InterruptedException {
        var begin = System.nanoTime();
        while (System.nanoTime() - begin < READY.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " has ended:\n" + tail());
            }
            try (var http = new Http(port, Pass.NONE)) {
                if (http.get(path).status() == 200) {
                    return Duration.ofNanos(System.nanoTime() - begin);
                }
            } catch (IOException _) {
                // not yet
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IllegalStateException(name + " is not ready:\n" + tail());
    }

    /// Waits for its end.
    ///
    /// @throws IllegalStateException when it fails or takes longer
    void done(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost)) {
            throw new IllegalStateException(name + " has not ended after " + atMost + ":\n" + tail());
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " has failed:\n" + tail());
        }
    }

    String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    private String tail() {
        try {
            var lines = output().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Processor time it has used so far.
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Resident memory, in MiB.
    double residentMib() throws IOException {
        var status = Path.of("/proc/" + pid() + "/status");
        if (Files.exists(status)) {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid())).start();
        return Double.parseDouble(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip())
                / 1024;
    }

    /// Asks it to stop, and makes it when it does not in two minutes, which leave time to write an AOT cache.
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Duration.ofMinutes(2))) {
            process.destroyForcibly().waitFor();
        }
        ALIVE.remove(process);
    }
}
