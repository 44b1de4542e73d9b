package mutirao.platform.projection;

/// A rebuild is running somewhere in the installation, and one at a time does.
public final class RebuildRunning extends RuntimeException {
    RebuildRunning() {
        super("a rebuild is running", null, false, false);
    }
}
