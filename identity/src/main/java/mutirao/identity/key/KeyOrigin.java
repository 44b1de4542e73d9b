package mutirao.identity.key;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the key that sealed something was: noted beside what was sealed, so that a process without it can say what to
/// run.
///
/// @param host the machine's name
/// @param file where it was kept there; empty when `MUTIRAO_KEY` gave it
record KeyOrigin(String host, Optional<Path> file) {
    private static final String GIVEN = "MUTIRAO_KEY";
    private static final String LOST =
            " If it is lost: `delete from signing_key` in the database; everybody logs in again.";

    static KeyOrigin here(Optional<Path> file) {
        return new KeyOrigin(thisHost(), file.map(Path::toAbsolutePath).map(Path::normalize));
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that does not know its own name
        }
    }

    /// Reads what [#toString] wrote.
    private static KeyOrigin parse(String noted) {
        var end = noted.indexOf(' ');
        var where = noted.substring(end + 1);
        return new KeyOrigin(
                noted.substring(0, end), where.equals(GIVEN) ? Optional.empty() : Optional.of(Path.of(where)));
    }

    /// As it is noted.
    @Override
    public String toString() {
        return host + " " + file.map(Path::toString).orElse(GIVEN);
    }

    /// What to do in a process whose key, if any, is from here, to get at what was sealed.
    ///
    /// @param noted where that was done; null before it was noted
    String remedy(@Nullable String noted) {
        if (noted == null) {
            return "Give it the MUTIRAO_KEY that belongs to this database, or what the file identity.key of the process"
                    + " that began it says: `export MUTIRAO_KEY=$(cat …/identity.key)`." + LOST;
        }
        var there = parse(noted);
        if (there.equals(this)) {
            return file.map(kept -> "Put back " + kept + " as it was.")
                            .orElse("Give it the MUTIRAO_KEY that it had before.")
                    + LOST;
        }
        return there.file
                        .map(kept -> "It is in %s on %s. For this process: `%s`."
                                .formatted(kept, there.host, there.export()))
                        .orElse("The process on %s has it in MUTIRAO_KEY: give this one the same."
                                .formatted(there.host))
                + LOST;
    }

    /// The command that gives the key in that file to a process here.
    String export() {
        var cat = "cat " + quoted(file.orElseThrow());
        return "export MUTIRAO_KEY=$(%s)".formatted(host.equals(thisHost()) ? cat : "ssh %s %s".formatted(host, cat));
    }

    private static String quoted(Path path) {
        var text = path.toString();
        return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
