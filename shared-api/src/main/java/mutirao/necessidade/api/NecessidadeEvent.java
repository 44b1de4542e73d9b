package mutirao.necessidade.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Ocorrido;
import mutirao.api.Personal;
import mutirao.api.Titular;
import org.jspecify.annotations.Nullable;

/// What happened to a need.
public sealed interface NecessidadeEvent extends DomainEvent {
    @Override
    NecessidadeId id();

    @EventType("necessidade.NecessidadeCriada")
    record NecessidadeCriada(
            NecessidadeId id,
            Categoria category,
            List<Item> items,
            @Personal(subject = "creatorId") Local location,
            UUID creatorId,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            @Personal(subject = "creatorId") Map<String, String> metadata)
            implements NecessidadeEvent {}

    /// Everything that can change, as it is from now on.
    @EventType("necessidade.NecessidadeAtualizada")
    record NecessidadeAtualizada(
            NecessidadeId id,
            Categoria category,
            List<Item> items,
            @Personal(subject = "creatorId") Local location,
            UUID creatorId,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            @Personal(subject = "creatorId") Map<String, String> metadata)
            implements NecessidadeEvent {}

    /// From now on whoever asks may know of it, without who needs it and where exactly.
    @EventType("necessidade.NecessidadePublicada")
    record NecessidadePublicada(NecessidadeId id) implements NecessidadeEvent {}

    /// It is only the organization's again.
    @EventType("necessidade.NecessidadeRecolhida")
    record NecessidadeRecolhida(NecessidadeId id) implements NecessidadeEvent {}

    /// @param titulares the processes under way, which compensate
    @EventType("necessidade.NecessidadeCancelada")
    record NecessidadeCancelada(
            NecessidadeId id,
            String reason,
            @JsonProperty("entregas") List<Titular> titulares) implements NecessidadeEvent {}

    @EventType("necessidade.NecessidadeExpirada")
    record NecessidadeExpirada(NecessidadeId id, Instant neededUntil) implements NecessidadeEvent {}

    @EventType("necessidade.NecessidadeComprometida")
    record NecessidadeComprometida(
            NecessidadeId id, @JsonProperty("entregaId") Titular titular, List<Item> items)
            implements NecessidadeEvent {}

    /// @param reason the broken rule
    @EventType("necessidade.CompromissoRecusado")
    record CompromissoRecusado(
            NecessidadeId id, @JsonProperty("entregaId") Titular titular, String reason) implements NecessidadeEvent {}

    @EventType("necessidade.CompromissoLiberado")
    record CompromissoLiberado(
            NecessidadeId id, @JsonProperty("entregaId") Titular titular, List<Item> items)
            implements NecessidadeEvent {}

    @EventType("necessidade.NecessidadeAtendida")
    record NecessidadeAtendida(
            NecessidadeId id,
            @JsonProperty("entregaId") Titular titular,
            List<Item> items,
            @Nullable Instant occurredAt)
            implements NecessidadeEvent, Ocorrido {}
}
