package mutirao.messaging.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.DeadLetters.Place;
import org.jspecify.annotations.Nullable;

/// Keeps dead letters as long as the process lives.
final class MemoryLetters implements LetterStore {
    private static final Comparator<Place> PLACES =
            Comparator.comparing(Place::firstAt).thenComparing(Place::id);
    private static final Comparator<DeadLetter> ORDER = Comparator.comparing(MemoryLetters::place, PLACES);

    private final Map<UUID, DeadLetter> letters = new HashMap<>();

    private static Place place(DeadLetter letter) {
        return new Place(letter.firstAt(), letter.id());
    }

    @Override
    public synchronized void keep(DeadLetter letter) {
        letters.put(letter.id(), letter);
    }

    @Override
    public synchronized List<DeadLetter> list(
            @Nullable String group, @Nullable String name, @Nullable Place after, int limit) {
        return letters.values().stream()
                .sorted(ORDER)
                .filter(letter -> after == null || PLACES.compare(place(letter), after) > 0)
                .filter(letter -> group == null || letter.group().equals(group))
                .filter(letter -> name == null || letter.message().name().equals(name))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<DeadLetter> find(UUID id) {
        return Optional.ofNullable(letters.get(id));
    }

    @Override
    public synchronized long count(@Nullable String group) {
        return letters.values().stream()
                .filter(letter -> group == null || letter.group().equals(group))
                .count();
    }

    @Override
    public synchronized boolean remove(UUID id, Instant lastAt) {
        return find(id).filter(letter -> letter.lastAt().equals(lastAt)).isPresent() && letters.remove(id) != null;
    }
}
