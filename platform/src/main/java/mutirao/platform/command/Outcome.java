package mutirao.platform.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a command handler may return: which part of the aggregate the command was about, or that its refusal was
/// recorded as an event. A handler that returns nothing speaks of the aggregate as a whole.
///
/// @param part    null for the aggregate itself
/// @param refusal the broken rule; null for done
public record Outcome(@Nullable UUID part, @Nullable String refusal) {
    /// The command created or changed a part that has an id of its own.
    public static Outcome part(UUID part) {
        return new Outcome(part, null);
    }

    /// The command was refused, and the event that says so is stored.
    public static Outcome refused(Enum<?> rule) {
        return new Outcome(null, rule.name());
    }
}
