package mutirao.messaging;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A broker did not confirm a message: it may or may not have it. Sending it again under the same id does no harm.
public final class NotConfirmed extends RuntimeException {
    /// @param message says which message, and why as far as that is known
    public NotConfirmed(String message, Throwable cause) {
        super(message, cause);
    }

    /// @param message says which message, and why as far as that is known
    public NotConfirmed(String message) {
        super(message);
    }

    /// Waits for a confirmation.
    ///
    /// @throws NotConfirmed             when it does not come, or the waiting thread is interrupted
    /// @throws IllegalArgumentException when the message could not be sent at all
    public static void await(CompletableFuture<Void> confirmation) {
        try {
            confirmation.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotConfirmed("interrupted before the confirmation came", e);
        } catch (CancellationException e) {
            throw new NotConfirmed("cancelled before the confirmation came", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case NotConfirmed loud -> throw new NotConfirmed(String.valueOf(loud.getMessage()), loud);
                case IllegalArgumentException invalid -> throw invalid;
                case null, default -> throw new NotConfirmed("not confirmed: " + e.getCause(), e);
            }
        }
    }
}
