package mutirao.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where PostgreSQL notes the process that serves a data directory, and what became of that process.
record PidFile(Path path, Binaries binaries) {
    /// The living process under the noted number.
    Optional<ProcessHandle> process() throws IOException {
        return noted().filter(process -> !defunct(process));
    }

    private Optional<ProcessHandle> noted() throws IOException {
        return number().flatMap(ProcessHandle::of);
    }

    /// What stands where the server writes its number, if that can be one. A server without clients, which repairs a
    /// cluster, writes it with a minus.
    private Optional<Long> number() throws IOException {
        try {
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream()
                    .limit(1)
                    .map(String::strip)
                    .filter(line -> line.matches("-?[1-9]\\d{0,9}"))
                    .map(line -> Math.abs(Long.parseLong(line)))
                    .filter(number -> number <= Integer.MAX_VALUE)
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// A server that an earlier Mutirão started here.
    Optional<ProcessHandle> survivor() throws IOException {
        return process().filter(binaries::runs);
    }

    /// Removes the file when it holds no number, which is what a full disk leaves; when its number has gone to some
    /// other program, as it does after a restart of the machine or of the container; or to nobody but the process
    /// table. PostgreSQL would not start, or would take that process for its own predecessor. That none is left of
    /// the killed one, it makes sure of by their shared memory.
    ///
    /// Not when that program is a PostgreSQL from elsewhere. It may have been started on these files by hand, and
    /// the file is what keeps a second server off them.
    void forgetStranger() throws IOException {
        if (number().isEmpty()
                || noted().filter(process -> defunct(process) || strange(process))
                        .isPresent()) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean strange(ProcessHandle process) {
        return program(process).filter(name -> !name.startsWith("postgres")).isPresent();
    }

    /// Killed, but never waited for: a server's parent is the first process, which in a container is often a program
    /// that waits for nobody, Mutirão itself for one. To Java and PostgreSQL such a process is alive.
    private static boolean defunct(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", process.pid() + "", "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // gone, or not Linux
        }
    }

    /// None when it cannot be seen: that of a killed server which its parent has not waited for yet, for one.
    private static Optional<String> program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()));
    }
}
