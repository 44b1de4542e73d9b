package mutirao.analytics.api;

import java.time.Instant;
import java.util.UUID;

/// How often something has happened in an organization.
///
/// @param category  the context
/// @param action    the event's stored name
/// @param count     from 1
/// @param createdAt when it happened first
/// @param updatedAt when it happened last
public record Contagem(UUID id, String category, String action, long count, Instant createdAt, Instant updatedAt) {}
