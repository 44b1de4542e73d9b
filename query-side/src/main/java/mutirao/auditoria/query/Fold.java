package mutirao.auditoria.query;

import java.util.UUID;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;
import org.jspecify.annotations.Nullable;

/// One aggregate's view on its way through its events, by the projection's own fold. Not thread-safe.
final class Fold<R extends Record> {
    private final ReadModel<R> model;
    private final UUID id;
    private @Nullable R row;

    Fold(ReadModel<R> model, UUID id) {
        this.model = model;
        this.id = id;
    }

    /// The view as it is by now; null while there is none.
    @Nullable
    Record row() {
        return row;
    }

    /// Takes an event.
    ///
    /// @return whether it could be taken; if not, the view is as it was
    boolean take(RecordedEvent event) {
        try {
            if (id.equals(model.keyOf(event))) {
                row = model.next(row, event);
            }
            return true;
        } catch (RuntimeException _) { // decoding or the projection's own code, which throw what they like
            return false;
        }
    }
}
