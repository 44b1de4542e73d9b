package mutirao.usuario.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Personal;
import org.jspecify.annotations.Nullable;

/// A person as their organization sees them.
///
/// @param version how many events there have been, from 0
/// @param roles   in the order of [Papel]; may be empty
public record UsuarioResumo(
        UUID id,
        long version,
        UsuarioStatus status,
        @Personal(subject = "id") String name,
        @Personal(subject = "id") String email,
        @Personal(subject = "id") @Nullable String phone,
        List<Papel> roles,
        Instant createdAt,
        Instant updatedAt) {}
