package mutirao.platform.identity;

/// Whoever asks may not do this, whatever state things are in; nothing was stored.
public final class Forbidden extends RuntimeException {
    /// The API's error code.
    public static final String CODE = "FORBIDDEN";

    public Forbidden() {
        super(CODE, null, false, false);
    }
}
