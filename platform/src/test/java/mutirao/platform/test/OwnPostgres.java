package mutirao.platform.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/// A PostgreSQL that one test context has to itself, to be silenced, cut off, killed and started again.
public final class OwnPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private Path dir = Path.of("");
    private EmbeddedPostgres server;
    private Swallowing network;
    private List<String> command = List.of();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            dir = Files.createTempDirectory("own-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start(dir.resolve("data"));
        network = new Swallowing(server.getPort());
        command = command();
        context.getBeanFactory().registerSingleton("ownPostgres", this);
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                end();
            }
        });
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "own-postgres",
                        java.util.Map.of(
                                "spring.datasource.url", url(),
                                "spring.datasource.username", "postgres",
                                "spring.datasource.password", "")));
    }

    /// Its JDBC address, the same after it was started again.
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + network.port() + "/postgres";
    }

    private static EmbeddedPostgres start(Path data) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setRegisterShutdownHook(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops all of its processes where they are: who is connected hears nothing, and is not told that it has gone.
    public void silence() {
        signal("STOP");
    }

    /// Lets it go on.
    public void resume() {
        signal("CONT");
    }

    /// Swallows what it and its clients tell each other.
    public void cutOff() {
        network.swallow();
    }

    /// Whoever connects from now on is heard again.
    public void connect() {
        network.heal();
    }

    /// Ends it without a word.
    public void kill() {
        signal("KILL");
    }

    /// Starts it again where it was; it answers a little later.
    public void revive() {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As it was started; whoever is root must not be root for it.
    private List<String> command() {
        var info = postmaster().info();
        var line = new ArrayList<String>();
        if (info.user().filter("root"::equals).isPresent()) {
            line.addAll(List.of("unshare", "-U"));
        }
        line.add(info.command().orElseThrow());
        line.addAll(List.of(info.arguments().orElseThrow()));
        return line;
    }

    private void end() {
        try {
            if (isThere()) {
                resume(); // else it would not hear that it is to end
            }
            network.close();
            server.close();
            FileSystemUtils.deleteRecursively(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            var command = new ArrayList<>(List.of("kill", "-" + name));
            processes().map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
            var kill = new ProcessBuilder(command).inheritIO().start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(command + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first first, so that it starts no other meanwhile.
    private Stream<ProcessHandle> processes() {
        var postmaster = postmaster();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    private boolean isThere() {
        return Files.exists(dir.resolve("data").resolve("postmaster.pid"))
                && ProcessHandle.of(pid()).isPresent();
    }

    private ProcessHandle postmaster() {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private long pid() {
        try {
            var pid = Files.readAllLines(dir.resolve("data").resolve("postmaster.pid"))
                    .getFirst();
            return Long.parseLong(pid.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
