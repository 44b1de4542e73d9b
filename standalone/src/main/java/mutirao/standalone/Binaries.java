package mutirao.standalone;

import static java.util.stream.Collectors.joining;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import mutirao.platform.start.StartFailure;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, unpacked from the archive on the class path.
///
/// @param dir named after the archive's digest, so that a newer version lies beside an older one
record Binaries(Path dir) {
    private static final String WINDOWS = "windows";

    /// Unpacks, unless that has been done and every file still has its size. Whatever else lies in the parent, which
    /// belongs to this class, is removed then.
    static Binaries unpackedIn(Path parent) throws IOException {
        var archive = archive();
        var binaries = new Binaries(parent.resolve(digest(archive)));
        if (!binaries.whole()) {
            discard(parent);
            var fresh = Files.createTempDirectory(Files.createDirectories(parent), "unpacking");
            unpack(archive, fresh);
            Files.writeString(new Binaries(fresh).manifest(), new Binaries(fresh).listing());
            Files.move(fresh, binaries.dir, StandardCopyOption.ATOMIC_MOVE);
        }
        return binaries;
    }

    /// Runs one of the programs to its end and returns its exit code. Its output goes to a file because on Windows the
    /// server inherits it, and a pipe would not end before the server does.
    int run(Path output, String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root. In a user name space of its own it is nobody, with root's files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(dir.resolve("bin")
                .resolve(os().equals(WINDOWS) ? program + ".exe" : program)
                .toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + program);
        }
    }

    /// Whether the process runs one of these programs, of this version or of an older one.
    boolean runs(ProcessHandle process) {
        var parent = Objects.requireNonNull(dir.getParent());
        return process.info()
                .command()
                .filter(c -> c.startsWith(parent.toString()))
                .isPresent();
    }

    private boolean whole() throws IOException {
        return Files.exists(manifest()) && Files.readString(manifest()).equals(listing());
    }

    private Path manifest() {
        return dir.resolve("manifest");
    }

    /// Every file with its size. `File.length` because it is 0, not an exception, for a link without its target.
    private String listing() throws IOException {
        try (var files = Files.walk(dir)) {
            return files.filter(file -> !Files.isDirectory(file) && !file.equals(manifest()))
                    .map(file -> file.toFile().length() + " " + dir.relativize(file))
                    .sorted()
                    .collect(joining("\n"));
        }
    }

    /// As far as possible: on Windows the programs of a server that has outlived its process cannot be removed.
    private static void discard(Path parent) throws IOException {
        if (Files.isDirectory(parent)) {
            try (var versions = Files.list(parent)) {
                versions.forEach(version -> FileSystemUtils.deleteRecursively(version.toFile()));
            }
        }
    }

    private static void unpack(URL archive, Path dir) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream())))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var file = dir.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    if (file.startsWith(dir.resolve("bin")) && !file.toFile().setExecutable(true, false)) {
                        throw new IOException(file + ": cannot be made executable");
                    }
                }
            }
        }
    }

    private static String digest(URL archive) throws IOException {
        try (var in = new DigestInputStream(archive.openStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Windows on ARM runs the programs for x86 too.
    private static URL archive() {
        return Stream.of(arch(), "x86_64")
                .map(arch -> Binaries.class.getResource("/postgres-%s-%s.txz".formatted(os(), arch)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new StartFailure(
                        "This program brings no PostgreSQL for %s on %s.".formatted(os(), arch()),
                        "Build it with -Pall-platforms or on this machine, or name a PostgreSQL of your own in"
                                + " SPRING_DATASOURCE_URL."));
    }

    private static String os() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? WINDOWS : name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String arch() {
        var arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
    }
}
