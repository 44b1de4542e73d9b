package mutirao.necessidade.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of needs.
public final class NecessidadeContext implements Context {
    static final String NAME = "necessidade";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return NecessidadeCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return NecessidadeEvent.class;
    }
}
