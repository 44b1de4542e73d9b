package mutirao.messaging.contract;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kafka.tools.StorageTool;
import mutirao.messaging.Broker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.springframework.util.FileSystemUtils;

/// Apache Kafka itself, one node without ZooKeeper, as a process of its own: a broker that is killed must not take
/// the test with it. It ends with the test's process at the latest.
public final class KafkaServer implements BrokerServer {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final int port = BrokerServer.freePort();
    private final int guardedPort = BrokerServer.freePort();
    private final Path directory;
    private final Thread atExit = new Thread(this::end);
    private Process process;

    /// A new one that has started.
    public KafkaServer() {
        try {
            directory = Files.createTempDirectory("kafka-");
            Runtime.getRuntime().addShutdownHook(atExit);
            Files.writeString(directory.resolve("server.properties"), properties(BrokerServer.freePort()));
            Files.writeString(directory.resolve("logback.xml"), LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        format();
        start();
    }

    /// One for all tests that neither kill nor close it, started when first asked for.
    public static KafkaServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final KafkaServer SERVER = new KafkaServer();
    }

    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private String properties(int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,GUARDED://127.0.0.1:%4$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,GUARDED://127.0.0.1:%4$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_PLAINTEXT
                sasl.enabled.mechanisms=PLAIN
                listener.name.guarded.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
                  required user_ana="segredo";
                log.dirs=%3$s
                num.network.threads=1
                num.io.threads=2
                background.threads=1
                log.cleaner.enable=false
                auto.create.topics.enable=false
                num.partitions=1
                offsets.topic.num.partitions=2
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.recovery.threads.per.data.dir=4
                log.index.size.max.bytes=65536
                """.formatted(port, controllerPort, directory.resolve("data"), guardedPort);
    }

    private void format() {
        var code = StorageTool.execute(
                new String[] {
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    directory.resolve("server.properties").toString()
                },
                new PrintStream(PrintStream.nullOutputStream()));
        if (code != 0) {
            throw new IllegalStateException("format: " + code);
        }
    }

    @Override
    public Broker broker() {
        return Broker.kafka("127.0.0.1:" + port);
    }

    /// Where only the user `ana` with the password `segredo` gets in.
    public Broker guarded() {
        return Broker.kafka("127.0.0.1:" + guardedPort);
    }

    @Override
    public void start() {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
                "kafka.Kafka",
                directory.resolve("server.properties").toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out").toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        var end = Instant.now().plus(LONGEST_START);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            if (accepts() && answers()) {
                return;
            }
        }
        throw new IllegalStateException("Kafka has not started:\n" + output());
    }

    /// Asked first: a client that finds nobody fills the log.
    private boolean accepts() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            return false;
        }
    }

    private boolean answers() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker().address()))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("out"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(); // `onExit` needs the common pool, of which a small machine has one thread
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        if (process != null) {
            kill();
        }
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }
}
