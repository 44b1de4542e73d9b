package mutirao.messaging.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.DeadLetters.Place;
import org.jspecify.annotations.Nullable;

/// Where dead letters are kept. Thread-safe.
interface LetterStore {
    /// Keeps one, in the place of an earlier one of the same id.
    void keep(DeadLetter letter);

    /// @see mutirao.messaging.DeadLetters#list
    List<DeadLetter> list(@Nullable String group, @Nullable String name, @Nullable Place after, int limit);

    /// One; empty when it is gone.
    Optional<DeadLetter> find(UUID id);

    /// @param group null for all
    long count(@Nullable String group);

    /// Removes one, if it is as it was seen.
    ///
    /// @param lastAt when it had failed last
    /// @return whether it was there
    boolean remove(UUID id, Instant lastAt);
}
