package mutirao.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event whose sender may say when it happened, because it may be recorded later: a phone had no signal, somebody
/// wrote it down in the evening.
public interface Ocorrido extends DomainEvent {
    /// When it happened; null for when it was recorded.
    @Nullable
    Instant occurredAt();
}
