package mutirao.necessidade.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Local;
import org.jspecify.annotations.Nullable;

/// A need as people see it.
///
/// @param version how many events it has had, from 0
/// @param reason  why it was cancelled
public record NecessidadeResumo(
        UUID id,
        long version,
        NecessidadeStatus status,
        Categoria category,
        List<LinhaNecessidade> items,
        Local location,
        UUID creatorId,
        Urgencia urgency,
        @Nullable Instant neededUntil,
        Map<String, String> metadata,
        @Nullable String reason,
        Instant createdAt,
        Instant updatedAt) {}
