package mutirao.auditoria.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// An event of an aggregate's history, and what it changed in the aggregate's view.
///
/// @param changes against the view just before the event; empty where they cannot be told
/// @param foreign what changed the view after it, and before the aggregate's next event, without being its own
/// @param note    why changes cannot be told; null where they are
record EventoComMudancas(
        @JsonUnwrapped Evento event,
        List<Mudanca> changes,
        List<Alheio> foreign,
        @Nullable String note) {

    /// Another aggregate's event that this view is folded from too.
    record Alheio(
            Position position,
            String type,
            String aggregateType,
            UUID aggregateId,
            Instant timestamp,
            List<Mudanca> changes) {

        static Alheio of(Registro row, List<Mudanca> changes) {
            return new Alheio(
                    new Position(row.position()),
                    row.type(),
                    row.aggregateType(),
                    row.aggregateId(),
                    row.timestamp(),
                    changes);
        }
    }
}
