package mutirao.platform.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// The answer to a command whose events are durable.
///
/// @param id       the aggregate, or the part of it that the command created
/// @param version  of the aggregate after the command, from 0
/// @param position of its last event
/// @param refusal  the broken rule where the refusal itself was recorded as an event; null otherwise
public record Receipt(
        UUID id,
        long version,
        Position position,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refusal) {
    /// The same, at a position that was not known before.
    Receipt at(long known) {
        return new Receipt(id, version, new Position(known), refusal);
    }
}
