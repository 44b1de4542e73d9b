package mutirao.necessidade.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Local;
import mutirao.api.Personal;
import org.jspecify.annotations.Nullable;

/// A need as people see it.
///
/// @param version  how many events it has had, from 0
/// @param location exact for who needs it (see [#resguardada])
/// @param publica  whether whoever asks may know of it, without its people
/// @param reason   why it was cancelled
public record NecessidadeResumo(
        UUID id,
        long version,
        NecessidadeStatus status,
        Categoria category,
        List<LinhaNecessidade> items,
        @Personal(subject = "creatorId") Local location,
        UUID creatorId,
        Urgencia urgency,
        @Nullable Instant neededUntil,
        @Personal(subject = "creatorId") Map<String, String> metadata,
        @JsonProperty("public") boolean publica,
        @Nullable String reason,
        Instant createdAt,
        Instant updatedAt) {

    /// What everybody in the organization sees of it: without the exact place and free strings, which may say whom to
    /// call.
    public NecessidadeResumo resguardada() {
        return new NecessidadeResumo(
                id,
                version,
                status,
                category,
                items,
                location.aproximado(),
                creatorId,
                urgency,
                neededUntil,
                Map.of(),
                publica,
                reason,
                createdAt,
                updatedAt);
    }
}
