package mutirao.pareamento.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Local;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import org.jspecify.annotations.Nullable;

/// A need as a matching sees it: what it still lacks, where and how soon.
///
/// @param items empty when it lacks nothing or has ended
/// @param until when it lapses; null for never, also because something has been promised to it
record Falta(
        UUID id,
        Local location,
        Urgencia urgency,
        @Nullable Instant neededUntil,
        @Nullable Instant until,
        List<Resto> items) {
    /// @param taken units already matched, by line
    static Falta de(NecessidadeResumo need, Map<String, Long> taken) {
        return new Falta(
                need.id(),
                need.location(),
                need.urgency(),
                need.neededUntil(),
                need.status() == NecessidadeStatus.ABERTA && taken.isEmpty() ? need.neededUntil() : null,
                need.status().encerrada() ? List.of() : Resto.of(need.items(), LinhaNecessidade::pending, taken));
    }

    /// Whether something can be promised to it at that time.
    boolean aberta(Instant at) {
        return !items.isEmpty() && (until == null || at.isBefore(until));
    }
}
