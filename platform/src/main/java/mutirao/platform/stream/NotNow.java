package mutirao.platform.stream;

/// What a subscriber needs beside the database is away: the same will do later, so nothing is parked.
public final class NotNow extends RuntimeException {
    /// @param message says what is away
    public NotNow(String message, Throwable cause) {
        super(message, cause);
    }
}
