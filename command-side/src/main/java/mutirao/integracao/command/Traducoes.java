package mutirao.integracao.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mutirao.api.DomainEvent;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.Interno;
import mutirao.integracao.api.Traducao;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.EventTypes;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;

/// What other systems are told of any event. Immutable.
@Component
public final class Traducoes {
    private final Map<String, Traducao<DomainEvent>> byContext = new HashMap<>();

    /// @throws IllegalStateException when a context says neither what is told of its events nor that nothing is
    @SuppressWarnings("unchecked") // each is handed the events of its own context only
    Traducoes(List<Traducao<?>> all) {
        all.forEach(each -> byContext.put(contextOf(each), (Traducao<DomainEvent>) each));
        var silent = Context.all().stream()
                .filter(context -> !byContext.containsKey(context.name())
                        && !context.events().isAnnotationPresent(Interno.class))
                .map(Context::name)
                .toList();
        if (!silent.isEmpty()) {
            throw new IllegalStateException("nobody says what other systems are told of " + silent
                    + ": write a Traducao, or @Interno at the events");
        }
    }

    private static String contextOf(Traducao<?> one) {
        var events = ResolvableType.forClass(one.getClass())
                .as(Traducao.class)
                .getGeneric(0)
                .toClass();
        return EventTypes.contextOf(events.asSubclass(DomainEvent.class));
    }

    /// What is told of an event; empty for nothing.
    public Optional<EventoPublico> of(DomainEvent event) {
        return Optional.ofNullable(byContext.get(event.id().context())).map(each -> each.of(event));
    }
}
