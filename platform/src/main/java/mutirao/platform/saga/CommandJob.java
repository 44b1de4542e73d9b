package mutirao.platform.saga;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A stored command: what db-scheduler keeps and hands out when it is due.
///
/// @param source   who sends it: `saga:<name>` or `prazo:<name>`
/// @param sequence the saga's id, or the aggregate's
/// @param type     `<context>.<Command>`
/// @param payload  the command as JSON
/// @param away     how many attempts have failed because the engine or the database was away; null for none
record CommandJob(
        String source,
        String sequence,
        String type,
        String payload,
        UUID organizationId,
        String correlationId,
        String causationId,
        @Nullable Integer away) {
    /// How many attempts of so many were the command's own.
    int own(int attempts) {
        return attempts - (away == null ? 0 : away);
    }

    /// The same, after an attempt that says nothing of the command.
    CommandJob awayAgain() {
        return new CommandJob(
                source,
                sequence,
                type,
                payload,
                organizationId,
                correlationId,
                causationId,
                away == null ? 1 : away + 1);
    }
}
