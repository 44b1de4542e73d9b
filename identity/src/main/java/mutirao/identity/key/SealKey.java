package mutirao.identity.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import mutirao.platform.secret.SecretFile;
import mutirao.platform.start.DataDirectory;
import mutirao.platform.start.StartFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/// Where the key of a [Seal] comes from.
sealed interface SealKey {
    int BYTES = 32;

    /// That of `MUTIRAO_KEY`, else that of the data directory.
    static SealKey of(Environment environment) {
        var given = environment.getProperty("mutirao.key", "");
        return given.isBlank()
                ? new Kept(DataDirectory.of(environment))
                : Given.of(decoded(given, "MUTIRAO_KEY", "Make one with `openssl rand -base64 32`."));
    }

    /// The key, if there is one.
    ///
    /// @throws StartFailure when it is unreadable
    Optional<SecretKeySpec> known();

    /// The key, made if there is none.
    ///
    /// @throws StartFailure when it cannot be had
    SecretKeySpec orMade();

    KeyOrigin origin();

    private static SecretKeySpec decoded(String text, String where, String action) {
        try {
            var bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException _) {
            // told below, without the text
        }
        throw new StartFailure(where + " is not 32 bytes in Base64.", action);
    }

    /// From the environment.
    record Given(SecretKeySpec key, KeyOrigin origin) implements SealKey {
        static Given of(SecretKeySpec key) {
            return new Given(key, KeyOrigin.here(Optional.empty()));
        }

        @Override
        public Optional<SecretKeySpec> known() {
            return Optional.of(key);
        }

        @Override
        public SecretKeySpec orMade() {
            return key;
        }
    }

    /// In a file of the data directory, read once.
    final class Kept implements SealKey {
        private static final Logger log = LoggerFactory.getLogger(Seal.class);

        private final Path dir;
        private final Path file;
        private volatile @Nullable SecretKeySpec read;

        Kept(Path dir) {
            this.dir = dir.toAbsolutePath().normalize();
            this.file = this.dir.resolve("identity.key");
        }

        @Override
        public Optional<SecretKeySpec> known() {
            if (read == null && Files.exists(file)) {
                try {
                    read = decoded(Files.readString(file), file.toString(), "Put the file back as it was.");
                } catch (IOException e) {
                    throw unusable(e);
                }
            }
            return Optional.ofNullable(read);
        }

        @Override
        public SecretKeySpec orMade() {
            return known().or(this::made).orElseThrow();
        }

        private Optional<SecretKeySpec> made() {
            try {
                SecretFile.orMake(Files.createDirectories(dir).resolve(file), BYTES, Base64.getEncoder());
            } catch (IOException e) {
                throw unusable(e);
            }
            log.info(
                    "Made {}, which seals the keys that tokens are signed with: back it up, apart from the database."
                            + " A process on this database that decides from another directory needs it too: {}",
                    file,
                    origin().export());
            return known();
        }

        private StartFailure unusable(IOException cause) {
            return StartFailure.unusable(dir, cause)
                    .or("keep the key that would be there yourself and give it to every process:"
                            + " `export MUTIRAO_KEY=$(openssl rand -base64 32)`.");
        }

        @Override
        public KeyOrigin origin() {
            return KeyOrigin.here(Optional.of(file));
        }
    }
}
