package mutirao.necessidade.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Titular;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.EventoPublico.Lugar;
import mutirao.integracao.api.Traducao;
import mutirao.messaging.Publishes;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.CompromissoRecusado;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadePublicada;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeRecolhida;
import mutirao.necessidade.api.Urgencia;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What other systems are told of needs. Refusals inside are nobody else's.
@Component
final class NecessidadeTraducao implements Traducao<NecessidadeEvent> {
    private static final String TOPIC = "mutirao.necessidade";

    @Override
    public @Nullable EventoPublico of(NecessidadeEvent event) {
        var id = event.id().value();
        return switch (event) {
            case NecessidadeEvent.NecessidadeCriada e ->
                new NecessidadeCriada(
                        id, e.category(), e.urgency(), e.items(), Lugar.de(e.location()), e.neededUntil());
            case NecessidadeEvent.NecessidadeAtualizada e ->
                new NecessidadeAtualizada(
                        id, e.category(), e.urgency(), e.items(), Lugar.de(e.location()), e.neededUntil());
            case NecessidadeEvent.NecessidadeCancelada e ->
                new NecessidadeCancelada(
                        id, e.titulares().stream().map(Titular::value).toList());
            case NecessidadeEvent.NecessidadeExpirada e -> new NecessidadeExpirada(id, e.neededUntil());
            case NecessidadeEvent.NecessidadeComprometida e ->
                new NecessidadeComprometida(id, e.titular().value(), e.items());
            case NecessidadeEvent.CompromissoLiberado e ->
                new CompromissoLiberado(id, e.titular().value(), e.items());
            case NecessidadeEvent.NecessidadeAtendida e ->
                new NecessidadeAtendida(id, e.titular().value(), e.items(), e.occurredAt());
            case NecessidadePublicada _, NecessidadeRecolhida _, CompromissoRecusado _ -> null;
        };
    }

    @Publishes(value = "necessidade.criada", topic = TOPIC)
    record NecessidadeCriada(
            UUID id,
            Categoria category,
            Urgencia urgency,
            List<Item> items,
            Lugar location,
            @Nullable Instant neededUntil)
            implements EventoPublico {}

    @Publishes(value = "necessidade.atualizada", topic = TOPIC)
    record NecessidadeAtualizada(
            UUID id,
            Categoria category,
            Urgencia urgency,
            List<Item> items,
            Lugar location,
            @Nullable Instant neededUntil)
            implements EventoPublico {}

    @Publishes(value = "necessidade.cancelada", topic = TOPIC)
    record NecessidadeCancelada(UUID id, List<UUID> entregas) implements EventoPublico {}

    @Publishes(value = "necessidade.expirada", topic = TOPIC)
    record NecessidadeExpirada(UUID id, Instant neededUntil) implements EventoPublico {}

    @Publishes(value = "necessidade.comprometida", topic = TOPIC)
    record NecessidadeComprometida(UUID id, UUID entregaId, List<Item> items) implements EventoPublico {}

    @Publishes(value = "necessidade.compromisso-liberado", topic = TOPIC)
    record CompromissoLiberado(UUID id, UUID entregaId, List<Item> items) implements EventoPublico {}

    @Publishes(value = "necessidade.atendida", topic = TOPIC)
    record NecessidadeAtendida(
            UUID id,
            UUID entregaId,
            List<Item> items,
            @Nullable Instant occurredAt) implements EventoPublico {}
}
