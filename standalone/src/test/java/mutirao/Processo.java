package mutirao;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Another process, and all that it says.
final class Processo implements AutoCloseable {
    /// Started often, run briefly: compiling thoroughly would not pay.
    static final List<String> BREVE = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Processo(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(output::add));
    }

    static Processo de(ProcessBuilder process) throws IOException {
        return new Processo(process.redirectErrorStream(true).start());
    }

    /// What it has printed.
    String output() {
        return String.join("\n", output);
    }

    /// Waits until it has printed this.
    MatchResult ate(Pattern line) {
        var found = line.matcher("");
        await().atMost(PACIENCIA)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "it has ended:\n" + output())
                        .isTrue())
                .until(() -> found.reset(output()).find());
        return found.toMatchResult();
    }

    /// Waits for its end, and for the last that it said.
    int fim() throws InterruptedException {
        assertThat(process.waitFor(PACIENCIA.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "it does not end:\n" + output())
                .isTrue();
        reader.join(PACIENCIA);
        return process.exitValue();
    }

    /// Asks it to stop, as the operating system does, and what it has started.
    void para() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.toHandle().destroy();
    }

    /// As `kill -9` does.
    void mata() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Stops it and waits for it.
    @Override
    public void close() throws InterruptedException {
        para();
        if (!process.waitFor(PACIENCIA)) {
            mata();
        }
    }
}
