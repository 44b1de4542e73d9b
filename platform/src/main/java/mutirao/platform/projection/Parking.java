package mutirao.platform.projection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.DeadLetters;
import org.jspecify.annotations.Nullable;

/// What a rebuild could not fold, and what came later for the same rows; it goes to the dead letters when the new table
/// serves. Not thread-safe.
final class Parking {
    private final Set<String> sequences = new HashSet<>();
    private final List<Parked> parked = new ArrayList<>();

    private record Parked(
            RecordedEvent event, String sequence, @Nullable RuntimeException cause) {}

    /// An event, and the key of the row that it concerns, or why that could not be told.
    record Keyed(
            RecordedEvent event,
            @Nullable Object key,
            @Nullable RuntimeException failure) {}

    /// Parks an event that cannot be folded: it could not be read, or one before it for the same row was parked.
    ///
    /// @return whether it is left to be folded: false also when it concerns no row
    boolean leaves(Keyed keyed) {
        if (keyed.failure() != null) {
            park(keyed.event(), keyed.event().meta().aggregateUuid().toString(), keyed.failure());
            return false;
        }
        if (keyed.key() != null
                && !sequences.isEmpty()
                && sequences.contains(keyed.key().toString())) {
            park(keyed.event(), keyed.key().toString(), null);
            return false;
        }
        return keyed.key() != null;
    }

    void park(RecordedEvent event, String sequence, @Nullable RuntimeException cause) {
        sequences.add(sequence);
        parked.add(new Parked(event, sequence, cause));
    }

    /// How many there are, for [#backTo].
    int size() {
        return parked.size();
    }

    /// Forgets those that came after there were so many.
    void backTo(int size) {
        parked.subList(size, parked.size()).clear();
        sequences.clear();
        parked.forEach(each -> sequences.add(each.sequence()));
    }

    /// Puts them in the place of the dead letters of a follower, in whose order they came.
    void replace(DeadLetters letters, String follower) {
        letters.clear(follower);
        parked.forEach(
                each -> letters.park(follower, each.sequence(), each.event().meta(), each.cause()));
    }
}
