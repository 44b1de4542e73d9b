package mutirao.platform.stream;

import java.time.Instant;
import java.util.UUID;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// A message that could not be handled, or that waits behind one.
///
/// @param source        who could not handle it: `projecao:<name>`, `saga:<name>`, `prazo:<name>`, `reacao:<name>`,
///                      or `mensagem:<group>` for what another system sent
/// @param sequence      what it belongs to; later messages of the same one wait
/// @param type          the stored name of the event, or `<context>.<Command>`
/// @param position      the event's place in the global order; null for a command
/// @param cause         what went wrong last; null while it only waits
/// @param attempts      how often it was tried
/// @param lastAttemptAt null while it only waits
public record DeadLetter(
        UUID id,
        String source,
        String sequence,
        Kind kind,
        String type,
        @Nullable Position position,
        @Nullable String cause,
        int attempts,
        Instant enqueuedAt,
        @Nullable Instant lastAttemptAt) {

    /// The same without what went wrong, which often quotes the message.
    DeadLetter withoutCause() {
        return new DeadLetter(id, source, sequence, kind, type, position, null, attempts, enqueuedAt, lastAttemptAt);
    }

    /// What kind of message it is.
    public enum Kind {
        EVENT,
        COMMAND,
        MESSAGE
    }
}
