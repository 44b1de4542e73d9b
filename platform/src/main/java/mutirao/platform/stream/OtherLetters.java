package mutirao.platform.stream;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Dead letters that are kept elsewhere than the followers', of messages that others sent; there is one where they
/// are consumed. Each stands alone: none waits behind another.
public interface OtherLetters {
    /// A letter.
    ///
    /// @param organizationId whose it is
    /// @param payload        what the message says, JSON
    /// @param place          where it stands in the list, for [#list]
    record Other(DeadLetter letter, UUID organizationId, String payload, String place) {}

    /// Whether a source's letters are kept here.
    boolean has(String source);

    /// Letters, oldest first.
    ///
    /// @param source only of this; null for any
    /// @param type   only of this event; null for any
    /// @param after  the place of the last one seen; null for the first
    /// @throws IllegalArgumentException when `after` is no place
    List<Other> list(@Nullable String source, @Nullable String type, @Nullable String after, int limit);

    /// One; empty when it is gone.
    Optional<Other> find(UUID id);

    /// How many a source has.
    long count(String source);

    /// Hands one to who could not handle it.
    ///
    /// @param payload in place of what it says, JSON; null for what it says
    /// @return false when it is gone
    /// @throws NotNow when the broker does not take it now; it is still here
    boolean retry(UUID id, @Nullable String payload);

    /// Gives one up.
    ///
    /// @return false when it is gone
    boolean discard(UUID id);
}
