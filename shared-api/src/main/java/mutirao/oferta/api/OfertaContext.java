package mutirao.oferta.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of offers.
public final class OfertaContext implements Context {
    static final String NAME = "oferta";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return OfertaCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return OfertaEvent.class;
    }
}
