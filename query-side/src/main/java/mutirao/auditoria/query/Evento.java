package mutirao.auditoria.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.auditoria.query.AuditoriaQueries.Entrada;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// An event as auditors see it.
///
/// @param payload what it says, as it is stored; null while the store does not give it
record Evento(
        Position position,
        @JsonUnwrapped Registro row,
        UUID organizationId,

        @Schema(implementation = Object.class) @JsonRawValue @Nullable
        String payload) {

    static Evento of(Entrada entry, @Nullable String payload) {
        return new Evento(new Position(entry.position()), entry.row(), entry.organizationId(), payload);
    }
}
