package mutirao.messaging;

/// Remembers which group has handled which message, so that one that comes again has no second effect. Where a
/// `DataSource` is, the library's own does that in PostgreSQL; a bean of this type replaces it.
public interface ProcessedMessages {
    /// Runs an effect unless it has run for this group and message. The effect and the note that it has run are
    /// durable together or not at all, as far as the effect takes part in this store's transaction. Safe to be
    /// called with the same message by several processes at once.
    ///
    /// @return whether it ran now
    /// @throws Exception what the effect throws, after which nothing is noted
    boolean once(String group, String messageId, Effect effect) throws Exception;

    /// What a handler does.
    @FunctionalInterface
    interface Effect {
        /// Does it.
        ///
        /// @throws Exception when it could not be done
        void run() throws Exception;
    }
}
