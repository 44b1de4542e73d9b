package mutirao.platform.saga;

import java.time.Instant;
import mutirao.api.DomainCommand;
import org.jspecify.annotations.Nullable;

/// A command to be sent.
///
/// @param at not before; null for at once
public record Order(DomainCommand command, @Nullable Instant at) {
    /// A command to be sent at once.
    public static Order now(DomainCommand command) {
        return new Order(command, null);
    }

    /// A command to be sent when it is due: a deadline. It only wakes its aggregate, which decides by the clock.
    public static Order at(Instant due, DomainCommand command) {
        return new Order(command, due);
    }
}
