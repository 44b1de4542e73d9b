package mutirao.auditoria.query;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;

/// Which state of an aggregate is asked for; nothing of it for the present one.
///
/// @param version    after that event of its own, from 0, and what others changed before its next one
/// @param at         as it was known then: of what was recorded then or before
/// @param occurredAt as it was then: of what had happened then or before, as far as it is known
record Momento(
        @Nullable Long version,
        @Nullable Instant at,
        @Nullable Instant occurredAt) {

    /// @throws Problem for a negative version, or a version and a time
    Momento {
        if (version != null && version < 0) {
            throw Problem.invalid("version", "deve ser 0 ou mais");
        }
        if (version != null && (at != null || occurredAt != null)) {
            throw Problem.invalid("version", "não se combina com at nem com occurredAt");
        }
    }

    /// Which events count, asked in the order of the record. Not thread-safe.
    final class Choice {
        private final long base;
        private final Set<String> unknown = new HashSet<>();
        private boolean leftOut;

        /// @param base what was recorded before this position and has no time of its own has happened
        Choice(long base) {
            this.base = base;
        }

        boolean counts(Registro row) {
            if (at != null && row.timestamp().isAfter(at)) {
                unknown.add(row.aggregateType() + row.aggregateId());
            }
            // Clocks differ, but an aggregate's events are known one after the other.
            return !unknown.contains(row.aggregateType() + row.aggregateId()) && happened(row);
        }

        private boolean happened(Registro row) {
            if (occurredAt == null || !row.occurredAt().isAfter(occurredAt)) {
                return true;
            }
            var assumed = !row.late() && row.position() < base;
            leftOut |= !assumed;
            return assumed;
        }

        /// Whether an event that does not fit may fit if what was recorded before it has happened too.
        boolean mayBuildOnMore(Registro row) {
            return leftOut && row.position() > base;
        }
    }
}
