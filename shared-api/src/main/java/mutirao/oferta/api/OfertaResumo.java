package mutirao.oferta.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Personal;
import org.jspecify.annotations.Nullable;

/// An offer as people see it.
///
/// @param version  how many events it has had, from 0
/// @param location exact for who needs it (see [#resguardada])
/// @param reason   why it was cancelled
public record OfertaResumo(
        UUID id,
        long version,
        OfertaStatus status,
        Categoria category,
        List<LinhaOferta> items,
        @Personal(subject = "providerId") Local location,
        UUID providerId,
        Instant availableUntil,
        @Personal(subject = "providerId") Map<String, String> metadata,
        @Nullable String reason,
        Instant createdAt,
        Instant updatedAt) {

    /// What everybody in the organization sees of it: without the exact place and free strings, which may say whom to
    /// call.
    public OfertaResumo resguardada() {
        return new OfertaResumo(
                id,
                version,
                status,
                category,
                items,
                location.aproximado(),
                providerId,
                availableUntil,
                Map.of(),
                reason,
                createdAt,
                updatedAt);
    }

    /// A hold that is still on.
    ///
    /// @param expiresAt when it lapses; null once confirmed
    public record Reserva(
            UUID reservaId,
            UUID volunteerId,
            List<Item> items,
            @Nullable Instant expiresAt,
            @Nullable UUID entregaId) {}
}
