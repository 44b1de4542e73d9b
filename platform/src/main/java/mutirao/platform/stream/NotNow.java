package mutirao.platform.stream;

/// What is needed is away: the same will do later. A subscriber parks nothing, a caller is told to come again.
public final class NotNow extends RuntimeException {
    /// @param message says what is away
    public NotNow(String message, Throwable cause) {
        super(message, cause);
    }

    /// @param message says what is away
    public NotNow(String message) {
        super(message, null, false, false);
    }
}
