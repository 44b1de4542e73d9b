package mutirao.necessidade.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Categoria;
import org.jspecify.annotations.Nullable;

/// A public need as anybody sees it: nothing in it is personal.
public record NecessidadePublica(
        UUID id,
        NecessidadeStatus status,
        Categoria category,
        List<Linha> items,
        Lugar location,
        Urgencia urgency,
        @Nullable Instant neededUntil,
        Instant createdAt) {

    /// A line. Whole units.
    ///
    /// @param pending what nobody has promised yet
    public record Linha(String item, String unit, long requested, long pending) {
        /// What is told of a line.
        public static Linha of(LinhaNecessidade line) {
            return new Linha(line.item(), line.unit(), line.requested(), line.pending());
        }
    }

    /// About where, to 0.01 degrees (about 1.1 km).
    ///
    /// @param latitude  degrees, WGS 84; null when unknown
    /// @param longitude degrees, WGS 84; null exactly when `latitude` is
    public record Lugar(@Nullable Double latitude, @Nullable Double longitude) {}
}
