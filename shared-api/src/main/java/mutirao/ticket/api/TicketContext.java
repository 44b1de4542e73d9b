package mutirao.ticket.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of tickets.
public final class TicketContext implements Context {
    static final String NAME = "ticket";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return TicketCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return TicketEvent.class;
    }
}
