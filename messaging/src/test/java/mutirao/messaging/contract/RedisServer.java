package mutirao.messaging.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mutirao.messaging.Broker;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;
import redis.embedded.core.ExecutableProvider;

/// A real Redis server: the installed one, else the one that `embedded-redis` brings. It writes everything it
/// confirms to disk first.
public final class RedisServer implements BrokerServer {
    private static final Duration START = Duration.ofSeconds(90);

    private final int port = BrokerServer.freePort();
    private final Path directory;
    private final List<String> more;
    private Process process;

    /// Starts one.
    ///
    /// @param more of its command line
    public RedisServer(String... more) {
        this.more = List.of(more);
        try {
            directory = Files.createTempDirectory("redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        start();
    }

    private static final class Shared {
        static final RedisServer INSTANCE = new RedisServer();
    }

    /// One for all tests that neither kill it nor mind what others leave in it. Nobody closes it.
    public static RedisServer shared() {
        return Shared.INSTANCE;
    }

    /// Where it listens at 127.0.0.1.
    public int port() {
        return port;
    }

    @Override
    public Broker broker() {
        return Broker.redis("redis://127.0.0.1:" + port);
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        launch();
        Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(20)).until(this::answers);
    }

    /// Starts it again, and does not wait until it has read its file.
    public void launch() {
        try {
            process = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        var command = new ArrayList<>(List.of(
                executable(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                ""));
        command.addAll(more);
        return command;
    }

    private String executable() throws IOException {
        var installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(path -> Path.of(path, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isPresent()) {
            return installed.get().toString();
        }
        var brought =
                ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
        brought.setExecutable(true);
        return brought.getAbsolutePath();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server ended, see " + directory.resolve("log"));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
        FileSystemUtils.deleteRecursively(directory.toFile());
    }
}
