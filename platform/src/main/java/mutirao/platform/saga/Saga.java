package mutirao.platform.saga;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventMeta;
import org.jspecify.annotations.Nullable;

/// A process that spans aggregates, as a pure decision. It sends nothing itself: it says what is to be sent, and the
/// kernel stores that with the state and sends it after the commit, at least once. Commands therefore carry ids that
/// make a repeat change nothing.
///
/// @param <S> its state, stored as JSON
public interface Saga<S extends Record> {
    /// Its name: `saga:<name>` in the audit and among the dead letters.
    String name();

    /// Its state's class.
    Class<S> state();

    /// The contexts whose events it follows.
    Set<String> contexts();

    /// The sagas that an event concerns.
    Collection<UUID> keysOf(DomainEvent event);

    /// What an event means for one saga. Pure.
    ///
    /// @param state null before the saga has begun
    Step<S> on(@Nullable S state, DomainEvent event, EventMeta meta);

    /// Whether nothing is left to be done or undone.
    boolean ended(S state);

    /// What the refusal of a command means that it had sent: a broken rule, or `NOT_FOUND` for an unknown aggregate.
    default Step<S> refused(S state, DomainCommand command, String reason) {
        return Step.to(state);
    }
}
