package mutirao.ticket.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import mutirao.ticket.api.Prioridade;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long a ticket may stay open.
///
/// @param sla by priority, every one of them and each longer than nothing
@ConfigurationProperties("mutirao.ticket")
record TicketPrazos(Map<Prioridade, Duration> sla) {
    TicketPrazos {
        var missing = EnumSet.allOf(Prioridade.class);
        sla.forEach((priority, time) -> {
            if (time.isPositive()) {
                missing.remove(priority);
            }
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("mutirao.ticket.sla: no time for " + missing);
        }
    }

    /// When a ticket of that priority is overdue.
    ///
    /// @param since its creation or last reopening
    Instant dueAt(Prioridade priority, Instant since) {
        return since.plus(requireNonNull(sla.get(priority)));
    }
}
