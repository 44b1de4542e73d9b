package mutirao.platform.start;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// Mutirão cannot start here, for a reason that its operator can do something about: told in two sentences, without a
/// stack trace.
public final class StartFailure extends RuntimeException {
    private final String action;

    /// @param description what is wrong; shown, so without secrets
    /// @param action      what to do about it
    public StartFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    /// The data directory did not do what was asked of it: no permission, no space, a file in its place.
    public static StartFailure unusable(Path dir, IOException cause) {
        var failure = new StartFailure(
                "The data directory %s cannot be used: %s".formatted(dir, reason(cause)),
                "See to its permissions and to free space, or name another directory in MUTIRAO_DATA_DIR.");
        failure.initCause(cause);
        return failure;
    }

    /// The same, with something else that could be done about it.
    ///
    /// @param more begins in lower case
    public StartFailure or(String more) {
        var failure = new StartFailure(String.valueOf(getMessage()), action.replaceFirst("\\.$", "") + ", or " + more);
        failure.initCause(getCause());
        return failure;
    }

    /// What to do about it.
    public String action() {
        return action;
    }

    /// A file system exception's message is often nothing but the path.
    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException e && e.getReason() == null) {
            var what = e instanceof AccessDeniedException
                    ? "permission denied"
                    : e.getClass().getSimpleName();
            return e.getFile() + ": " + what;
        }
        return String.valueOf(cause.getMessage());
    }
}
