package mutirao.auditoria.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaQueries.Entrada;
import org.jspecify.annotations.Nullable;

/// An event as auditors see it.
///
/// @param timestamp  when it was recorded
/// @param occurredAt when it happened, as its sender says, else when it was recorded
/// @param payload    what it says, as it is stored; null while the store does not give it
record Evento(
        long position,
        String eventId,
        String type,
        @Nullable String revision,
        String aggregateType,
        UUID aggregateId,
        long version,
        Instant timestamp,
        Instant occurredAt,
        UUID userId,
        UUID organizationId,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable String source,
        @Schema(type = "object") @JsonRawValue @Nullable String payload) {

    static Evento of(Entrada entry, @Nullable String payload) {
        var row = entry.row();
        return new Evento(
                row.position(),
                row.eventId(),
                row.type(),
                row.revision(),
                row.aggregateType(),
                row.aggregateId(),
                row.version(),
                row.timestamp(),
                row.occurredAt(),
                row.userId(),
                entry.organizationId(),
                row.correlationId(),
                row.causationId(),
                row.source(),
                payload);
    }
}
