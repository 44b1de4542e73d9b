package mutirao.platform.command;

/// The aggregate is not at the version that the command was decided on; nothing was stored.
public final class VersionConflict extends RuntimeException {
    VersionConflict(long expected, long actual) {
        super("expected version " + expected + ", found " + actual, null, false, false);
    }

    VersionConflict(String message) {
        super(message, null, false, false);
    }
}
