package mutirao.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.platform.secret.SecretFile;
import mutirao.platform.start.StartFailure;

/// The directory with everything this installation keeps, held by one process at a time.
final class DataDir implements AutoCloseable {
    /// Asked before the file is opened: on POSIX, closing a second channel of a file drops the lock of the first.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataDir(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes the directory if need be, and holds it until closed or until this process ends, however it ends.
    ///
    /// @throws StartFailure when somebody else holds it
    static DataDir hold(Path dir) throws IOException {
        var path = Files.createDirectories(dir.toAbsolutePath().normalize()).toRealPath();
        if (!HELD.add(path)) {
            throw inUse(path);
        }
        try {
            var channel =
                    FileChannel.open(path.resolve("mutirao.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(path);
            }
            return new DataDir(path, channel);
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /// The file with the database's password, generated when there is none.
    Path passwordFile() throws IOException {
        return SecretFile.orMake(
                resolve("postgres.password"), 24, Base64.getUrlEncoder().withoutPadding());
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            HELD.remove(path);
        }
    }

    private static StartFailure inUse(Path path) {
        return new StartFailure(
                "Another Mutirão is using the data directory " + path + ".",
                "Stop that one, or name another directory in MUTIRAO_DATA_DIR and another port in SERVER_PORT.");
    }
}
