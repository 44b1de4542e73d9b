package mutirao.organizacao.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of organizations.
public final class OrganizacaoContext implements Context {
    static final String NAME = "organizacao";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return OrganizacaoCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return OrganizacaoEvent.class;
    }
}
