package mutirao.ticket.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import mutirao.ticket.api.Prioridade;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long a ticket may stay open.
///
/// @param sla by priority; 4, 8, 24 and 72 hours from `CRITICA` down for those that are not named
@ConfigurationProperties("mutirao.ticket")
record TicketPrazos(@DefaultValue Map<Prioridade, Duration> sla) {
    private static final Map<Prioridade, Duration> SLA = Map.of(
            Prioridade.CRITICA, Duration.ofHours(4),
            Prioridade.ALTA, Duration.ofHours(8),
            Prioridade.MEDIA, Duration.ofHours(24),
            Prioridade.BAIXA, Duration.ofHours(72));

    /// @throws IllegalArgumentException when one is no time
    TicketPrazos {
        var all = new EnumMap<>(SLA);
        all.putAll(sla);
        all.forEach((priority, time) -> {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("mutirao.ticket.sla: no time for " + priority);
            }
        });
        sla = Map.copyOf(all);
    }

    /// When a ticket of that priority is overdue.
    ///
    /// @param since its creation or last reopening
    Instant dueAt(Prioridade priority, Instant since) {
        return since.plus(requireNonNull(sla.get(priority)));
    }
}
