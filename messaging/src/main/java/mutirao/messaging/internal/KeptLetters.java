package mutirao.messaging.internal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.DeadLetters;
import org.jspecify.annotations.Nullable;

/// The dead letters of a store, and the way back to their groups.
final class KeptLetters implements DeadLetters {
    private final LetterStore store;
    private final Undertaker undertaker;

    KeptLetters(LetterStore store, Undertaker undertaker) {
        this.store = store;
        this.undertaker = undertaker;
    }

    @Override
    public List<DeadLetter> list(@Nullable String group, @Nullable String name, @Nullable Place after, int limit) {
        return store.list(group, name, after, limit);
    }

    @Override
    public Optional<DeadLetter> find(UUID id) {
        return store.find(id);
    }

    @Override
    public long count(@Nullable String group) {
        return store.count(group);
    }

    @Override
    public boolean retry(UUID id) {
        return raise(id, null);
    }

    @Override
    public boolean resend(UUID id, String data) {
        return raise(id, data);
    }

    /// It may have failed again before it is removed here: what is removed is the letter that was seen.
    private boolean raise(UUID id, @Nullable String data) {
        var letter = store.find(id);
        letter.ifPresent(found -> {
            undertaker.raise(found, data);
            store.remove(id, found.lastAt());
        });
        return letter.isPresent();
    }

    @Override
    public boolean discard(UUID id) {
        return store.find(id)
                .filter(letter -> store.remove(id, letter.lastAt()))
                .isPresent();
    }
}
