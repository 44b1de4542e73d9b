package mutirao.integracao.api;

import mutirao.api.DomainEvent;
import org.jspecify.annotations.Nullable;

/// What other systems are told of one context's events. Each context that tells something has one, as a bean; it is a
/// pure function.
///
/// @param <E> what the context seals
public interface Traducao<E extends DomainEvent> {
    /// What is told of an event; null for nothing.
    @Nullable
    EventoPublico of(E event);
}
