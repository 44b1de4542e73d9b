package mutirao.platform.secret;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// A file with a random text that only its owner may read.
public final class SecretFile {
    private SecretFile() {}

    /// Makes the file when there is none. It appears whole or not at all.
    ///
    /// @param bytes   how many random bytes
    /// @param encoder writes them down
    /// @return the file
    public static Path orMake(Path file, int bytes, Base64.Encoder encoder) throws IOException {
        if (Files.notExists(file)) {
            var random = new byte[bytes];
            new SecureRandom().nextBytes(random);
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, ownerOnly());
            Files.writeString(fresh, encoder.encodeToString(random), StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /// Windows has no such attribute; there a file in the user's home inherits as much.
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
