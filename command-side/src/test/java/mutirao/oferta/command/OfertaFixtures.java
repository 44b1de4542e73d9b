package mutirao.oferta.command;

import java.time.Duration;
import mutirao.platform.saga.Prazo;
import org.axonframework.config.Configurer;

/// The offers for tests of other contexts, which do not see their classes.
public final class OfertaFixtures {
    private OfertaFixtures() {}

    /// Adds the aggregate and its settings.
    public static void configure(Configurer axon, Duration reserva) {
        axon.configureAggregate(Oferta.class)
                .registerComponent(OfertaSettings.class, _ -> new OfertaSettings(reserva, 100));
    }

    /// Their timers.
    public static Prazo prazo() {
        return new PrazosDaOferta();
    }
}
