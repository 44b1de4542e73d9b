package mutirao.usuario.api;

import mutirao.api.Context;
import mutirao.api.DomainEvent;

/// The vocabulary of people.
public final class UsuarioContext implements Context {
    /// The context's name.
    public static final String NAME = "usuario";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<?> commands() {
        return UsuarioCommand.class;
    }

    @Override
    public Class<? extends DomainEvent> events() {
        return UsuarioEvent.class;
    }
}
