package mutirao.pareamento.query;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaResumo;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.identity.Actor;
import mutirao.platform.projection.Projection;
import mutirao.platform.rest.Problem;
import org.axonframework.serialization.SerializationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Runs simulations over the event log, one at a time: of what the organization recorded for which this thread acts.
/// Reads only. Thread-safe.
@Component
class Simulacoes {
    private static final Set<String> CONTEXTS = Set.of("necessidade", "oferta");
    private static final int FETCH = 5000;

    /// Needs and offers held in memory, some 2 kB each.
    private static final int MOST_HELD = 200_000;

    private final EventLog log;
    private final Projection<NecessidadeEvent, NecessidadeResumo> needs;
    private final Projection<OfertaEvent, OfertaResumo> offers;
    private final Semaphore turn = new Semaphore(1);

    Simulacoes(
            EventLog log,
            Projection<NecessidadeEvent, NecessidadeResumo> needs,
            Projection<OfertaEvent, OfertaResumo> offers) {
        this.log = log;
        this.needs = needs;
        this.offers = offers;
    }

    /// Is told how far a simulation has come, often; what it throws ends it.
    @FunctionalInterface
    interface Progress {
        /// @param position of the last event that was read
        /// @param upTo     the last position that will be read
        void at(long position, long upTo);
    }

    /// Tells the period again under these parameters.
    ///
    /// @param from inclusive, before `to`
    /// @param to   exclusive
    /// @throws Problem 429 while another one is running, of whatever organization, 422 when more is open than fits
    Comparacao run(Parametros parameters, Instant from, Instant to, Progress progress) {
        if (!turn.tryAcquire()) {
            throw new Problem(
                    HttpStatus.TOO_MANY_REQUESTS, "SIMULACAO_EM_CURSO", "outra simulação está em curso", List.of());
        }
        try {
            return new Run(parameters, from, to, progress).all();
        } finally {
            turn.release();
        }
    }

    private final class Run {
        private final Parametros parameters;
        private final Instant from;
        private final Instant to;
        private final Progress progress;
        private final Simulacao simulation;
        private final UUID organization = Actor.current().organizationId();
        private final long upTo = log.horizon();
        private long position;
        private long unreadable;

        Run(Parametros parameters, Instant from, Instant to, Progress progress) {
            this.parameters = parameters;
            this.from = from;
            this.to = to;
            this.progress = progress;
            this.simulation = new Simulacao(needs, offers, parameters, from, to, () -> progress.at(position, upTo));
        }

        Comparacao all() {
            List<RecordedEvent> events;
            do {
                progress.at(position, upTo);
                events = log.read(position, upTo, CONTEXTS, FETCH);
                events.forEach(this::tell);
            } while (events.size() >= FETCH && events.stream().anyMatch(this::early));
            return Comparacao.of(parameters, from, to, upTo, simulation, unreadable);
        }

        /// A whole fetch from `to` on means that the period is over: clocks differ by less.
        private boolean early(RecordedEvent event) {
            return event.meta().timestamp().isBefore(to);
        }

        private void tell(RecordedEvent event) {
            position = event.meta().position();
            if (!event.meta().organizationId().equals(organization)) {
                return; // not looked into, and counted nowhere
            }
            try {
                if (event.known()) {
                    simulation.on(event.event(), event.meta());
                } else {
                    unreadable++;
                }
            } catch (SerializationException _) {
                unreadable++;
            }
            if (simulation.held() > MOST_HELD) {
                throw new Problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "SIMULACAO_GRANDE",
                        "mais de " + MOST_HELD + " necessidades e ofertas de uma vez",
                        List.of());
            }
        }
    }
}
