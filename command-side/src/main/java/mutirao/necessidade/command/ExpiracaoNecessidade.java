package mutirao.necessidade.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import mutirao.api.DomainEvent;
import mutirao.necessidade.api.NecessidadeCommand.ExpirarNecessidade;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeAtualizada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCriada;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.saga.Order;
import mutirao.platform.saga.Prazo;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Wakes a need when it is no longer needed.
@Component
final class ExpiracaoNecessidade implements Prazo {
    @Override
    public String name() {
        return "necessidade";
    }

    @Override
    public Set<String> contexts() {
        return Set.of("necessidade");
    }

    @Override
    public List<Order> on(DomainEvent event, EventMeta meta) {
        return switch (event) {
            case NecessidadeCriada e -> due(e.id(), e.neededUntil());
            case NecessidadeAtualizada e -> due(e.id(), e.neededUntil());
            default -> List.of();
        };
    }

    private static List<Order> due(NecessidadeId id, @Nullable Instant at) {
        return at == null ? List.of() : List.of(Order.at(at, new ExpirarNecessidade(id)));
    }
}
