package mutirao.messaging.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import mutirao.messaging.Broker;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// A RabbitMQ node of this process's own, with its own ports, data and Erlang port mapper: what else runs on the
/// machine is not touched. Without an installed RabbitMQ its tests are skipped, except with `MUTIRAO_CI=true`.
public final class RabbitServer implements BrokerServer {
    private static final Path SCRIPT = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private final Path home;
    private final int port = BrokerServer.freePort();
    private final int distributionPort = BrokerServer.freePort();
    private final int mapperPort = BrokerServer.freePort();
    private final String node = "mutirao-" + UUID.randomUUID() + "@localhost";
    private final Process mapper;
    private final Thread atEnd = new Thread(this::killAll);
    private @Nullable Process server;

    private static final class Shared {
        static final RabbitServer SERVER = new RabbitServer();
    }

    /// For tests that leave it running; ends with this JVM.
    public static RabbitServer shared() {
        requireInstalled();
        return Shared.SERVER;
    }

    /// Starts one.
    public RabbitServer() {
        requireInstalled();
        try {
            home = Files.createTempDirectory("mutirao-rabbitmq");
            Files.writeString(home.resolve("rabbitmq.conf"), "listeners.tcp.1 = 127.0.0.1:" + port + "\n");
            Files.writeString(home.resolve("plugins"), "[].\n");
            Files.createFile(home.resolve("env.conf"));
            mapper = new ProcessBuilder("epmd", "-address", "127.0.0.1", "-port", Integer.toString(mapperPort))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("epmd.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atEnd);
        start();
    }

    /// Skips the test that calls it when there is no RabbitMQ, aloud.
    public static void requireInstalled() {
        var installed = Files.isExecutable(SCRIPT);
        var reason = SCRIPT + " is not there: RabbitMQ is not tested (apt-get install rabbitmq-server)";
        if (!installed && Boolean.parseBoolean(System.getenv("MUTIRAO_CI"))) {
            throw new AssertionError(reason);
        }
        if (!installed) {
            System.err.println(reason);
        }
        assumeTrue(installed, reason);
    }

    @Override
    public Broker broker() {
        return Broker.rabbitmq("amqp://guest:guest@127.0.0.1:" + port);
    }

    @Override
    public void start() {
        var builder = new ProcessBuilder(SCRIPT.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("server.log").toFile()));
        builder.environment().putAll(environment());
        try {
            var started = builder.start();
            server = started;
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .failFast("see " + home, () -> !started.isAlive())
                    .until(this::answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", home.toString()),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("RABBITMQ_CONF_ENV_FILE", home.resolve("env.conf").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("plugins").toString()),
                Map.entry("RABBITMQ_NODENAME", node),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", home.resolve("log").toString()));
    }

    private boolean answers() {
        var client = new ConnectionFactory();
        try {
            client.setHost("127.0.0.1");
            client.setPort(port);
            client.newConnection().close();
            return true;
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void kill() {
        var running = server;
        if (running != null) {
            // The script ends by itself when its child has.
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !running.isAlive() && !answers());
        }
    }

    private void killAll() {
        kill();
        mapper.destroyForcibly().onExit().join();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atEnd);
        killAll();
    }
}
