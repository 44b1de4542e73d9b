package mutirao.necessidade.command;

import mutirao.platform.saga.Prazo;
import org.axonframework.config.Configurer;

/// The needs for tests of other contexts, which do not see their classes.
public final class NecessidadeFixtures {
    private NecessidadeFixtures() {}

    /// Adds the aggregate.
    public static void configure(Configurer axon) {
        axon.configureAggregate(Necessidade.class);
    }

    /// Their timers.
    public static Prazo prazo() {
        return new ExpiracaoNecessidade();
    }
}
