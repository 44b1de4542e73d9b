package mutirao.platform.command;

/// An idempotency key cannot be honoured; nothing was stored.
public final class IdempotencyConflict extends RuntimeException {
    /// Why not.
    public enum Reason {
        /// It was used with another body.
        IDEMPOTENCY_KEY_REUSED,
        /// The command it was first given with is still running.
        IDEMPOTENCY_KEY_IN_USE
    }

    private final Reason reason;

    IdempotencyConflict(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    /// Why not.
    public Reason reason() {
        return reason;
    }
}
