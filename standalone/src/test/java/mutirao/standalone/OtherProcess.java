package mutirao.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Mutirão, reduced to its database, in a process of its own: to be killed, or to be in the way.
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static OtherProcess on(Path dir) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new OtherProcess(new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        dir.toString())
                .redirectErrorStream(true)
                .start());
    }

    /// Reads what it prints up to a line that begins so, or to its end.
    List<String> outputUpTo(String beginning) throws IOException {
        var lines = new ArrayList<String>();
        String line;
        while ((line = output.readLine()) != null) {
            lines.add(line);
            if (line.startsWith(beginning)) {
                break;
            }
        }
        return lines;
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] args) throws Exception {
        try (var database = EmbeddedDatabase.start(Path.of(args[0]))) {
            System.out.println("READY " + database.url());
            Thread.currentThread().join();
        }
    }
}
