package mutirao.auditoria.query;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// Which events are asked for; what is null does not matter.
///
/// @param aggregateType the context
/// @param eventType     the stored name, `<context>.<Event>`
/// @param correlationId what one request caused
/// @param from          recorded then or later
/// @param to            recorded before
/// @param at            recorded then or before: what was known
/// @param occurredAt    happened then or before, whenever it was recorded
/// @param before        a position, exclusive
record AuditoriaFilter(
        @Schema(example = "entrega") @Nullable String aggregateType,
        @Nullable UUID aggregateId,

        @Schema(example = "entrega.EntregaIniciada") @Nullable
        String eventType,

        @Nullable UUID userId,
        @Nullable String correlationId,

        @Schema(description = "recorded then or later") @Nullable
        Instant from,

        @Schema(description = "recorded before") @Nullable Instant to,

        @Schema(description = "recorded then or before: what was known") @Nullable
        Instant at,

        @Schema(description = "happened then or before, whenever it was recorded") @Nullable
        Instant occurredAt,

        @Schema(description = "the position of an event: only those before it, to go on with a file that broke off")
        @Nullable
        Position before) {}
