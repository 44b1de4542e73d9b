package mutirao.messaging;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A broker did not confirm a message: it may or may not have it. Sending it again under the same id does no harm.
public final class NotConfirmed extends RuntimeException {
    private final boolean nobody;

    /// @param message says which message, and why as far as that is known
    public NotConfirmed(String message, Throwable cause) {
        super(message, cause);
        this.nobody = cause instanceof NotConfirmed before && before.nobody;
    }

    /// @param message says which message, and why as far as that is known
    public NotConfirmed(String message) {
        this(message, false);
    }

    private NotConfirmed(String message, boolean nobody) {
        super(message);
        this.nobody = nobody;
    }

    /// The broker has the message and would give it to nobody.
    public static NotConfirmed nobody(String message) {
        return new NotConfirmed(message, true);
    }

    /// Whether it is not confirmed because no group listens to its topic yet, on a broker that keeps nothing for
    /// groups to come (RabbitMQ). Who tells whoever wants to hear it can leave it at that.
    public boolean isNobody() {
        return nobody;
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
