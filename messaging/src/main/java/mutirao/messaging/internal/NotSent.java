package mutirao.messaging.internal;

import org.jspecify.annotations.Nullable;

/// The broker cannot be reached, and the transport knows that it has got nothing of a message: unlike one that is not
/// confirmed it can wait until the broker is there, without coming twice.
public final class NotSent extends RuntimeException {
    /// @param message where it did not go, and why
    public NotSent(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
