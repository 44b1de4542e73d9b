package mutirao.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages that could not be handled, whichever broker they came from: seen by people, tried again or given up.
/// They arrive over their group's dead-letter topic (`<group>.dead`), which is where they are until a process with
/// a store has taken them in. Thread-safe.
public interface DeadLetters {
    /// Letters in the order in which they failed first, oldest first.
    ///
    /// @param group only of this group; null for any
    /// @param name  only events of this name; null for any
    /// @param after the place of the last one seen; null for the first
    /// @param limit so many at most
    List<DeadLetter> list(@Nullable String group, @Nullable String name, @Nullable Place after, int limit);

    /// Where a letter stands in the list, also when it is gone.
    record Place(Instant firstAt, UUID id) {}

    /// One; empty when it is gone.
    Optional<DeadLetter> find(UUID id);

    /// How many there are.
    ///
    /// @param group null for all groups
    long count(@Nullable String group);

    /// Hands a letter to its group again, to that group only, which tries it as if it were new. It is gone from
    /// here when the broker has confirmed; it comes back if it fails again.
    ///
    /// @return false when it is gone
    /// @throws NotConfirmed when it was not confirmed; it is still here
    boolean retry(UUID id);

    /// Hands other data to the group, under a new id, in the letter's place.
    ///
    /// @param data JSON
    /// @return false when it is gone
    /// @throws NotConfirmed when it was not confirmed; it is still here
    boolean resend(UUID id, String data);

    /// Gives a letter up.
    ///
    /// @return false when it is gone
    boolean discard(UUID id);
}
