package mutirao.entrega.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of deliveries.
public final class EntregaContext implements Context {
    static final String NAME = "entrega";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return EntregaCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return EntregaEvent.class;
    }
}
