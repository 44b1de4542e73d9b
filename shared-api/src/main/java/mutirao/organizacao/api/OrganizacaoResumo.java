package mutirao.organizacao.api;

import java.time.Instant;
import java.util.UUID;

/// An organization as whoever runs the installation sees it.
///
/// @param version how many events it has had, from 0
public record OrganizacaoResumo(
        UUID id, long version, OrganizacaoStatus status, String name, Instant createdAt, Instant updatedAt) {}
