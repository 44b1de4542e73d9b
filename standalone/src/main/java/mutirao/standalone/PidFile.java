package mutirao.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where PostgreSQL notes the process that serves a data directory, and what became of that process.
record PidFile(Path path, Binaries binaries) {
    /// The living process under the noted number. A dead one's file is no obstacle to PostgreSQL.
    Optional<ProcessHandle> process() throws IOException {
        try {
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream()
                    .limit(1)
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .findFirst()
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// A server that an earlier Mutirão started here.
    Optional<ProcessHandle> survivor() throws IOException {
        return process().filter(binaries::runs);
    }

    /// Removes the file when its number has gone to some other program, as it does after a restart of the machine or
    /// of the container: PostgreSQL would take any living process for its own predecessor.
    ///
    /// Not when that program is a PostgreSQL from elsewhere. It may have been started on these files by hand, and
    /// the file is what keeps a second server off them.
    void forgetStranger() throws IOException {
        if (process()
                .flatMap(PidFile::program)
                .filter(name -> !name.startsWith("postgres"))
                .isPresent()) {
            Files.deleteIfExists(path);
        }
    }

    /// None when it cannot be seen: that of a killed server which its parent has not waited for yet, for one.
    private static Optional<String> program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()));
    }
}
