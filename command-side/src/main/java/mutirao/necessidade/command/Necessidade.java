package mutirao.necessidade.command;

import static java.util.Objects.requireNonNull;
import static mutirao.api.Linha.find;
import static mutirao.necessidade.command.NecessidadeRule.*;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.MetadataPatch;
import mutirao.api.Patch;
import mutirao.api.Titular;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeCommand.*;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.identity.Actor;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// What somebody needs, and what has been promised and delivered of it.
@Aggregate(type = "necessidade", snapshotTriggerDefinition = "everyHundredEvents")
class Necessidade {
    @AggregateIdentifier
    private NecessidadeId id;

    private NecessidadeStatus status = NecessidadeStatus.ABERTA;
    private List<LinhaNecessidade> lines = List.of();
    private Detalhes detalhes;
    private boolean publica;
    private Map<UUID, Compromisso> compromissos = new HashMap<>();

    private record Detalhes(
            Categoria category,
            Local location,
            UUID creatorId,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            Map<String, String> metadata) {}

    /// What a delivery's promise has come to. Ended ones stay, so that a repeated command finds them and changes
    /// nothing.
    ///
    /// @param items empty once it is released, met or refused
    private record Compromisso(List<Item> items) {
        static final Compromisso ENCERRADO = new Compromisso(List.of());

        boolean ativo() {
            return !items.isEmpty();
        }
    }

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Necessidade() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(CriarNecessidade c) {
        apply(new NecessidadeCriada(
                c.id(),
                c.category(),
                Item.visiveis(c.items()),
                c.location().visivel(),
                c.creatorId(),
                c.urgency(),
                c.neededUntil(),
                c.metadata()));
        if (c.publica()) {
            apply(new NecessidadePublicada(c.id()));
        }
    }

    @CommandHandler
    void handle(AtualizarNecessidade c, Clock clock, Actor actor) {
        actor.requireCoordinationOr(detalhes.creatorId);
        requireEmAberto(clock);
        if (!c.soPublica()) {
            atualizar(c);
        }
        if (c.publica() != null && c.publica() != publica) {
            apply(publica ? new NecessidadeRecolhida(id) : new NecessidadePublicada(id));
        }
    }

    private void atualizar(AtualizarNecessidade c) {
        var items = c.items() == null ? items() : Item.visiveis(c.items());
        requireCobreCompromissos(items);
        var metadata = c.metadata() == null ? detalhes.metadata : c.metadata().applyTo(detalhes.metadata);
        METADADOS_DEMAIS.require(metadata.size() <= MetadataPatch.MAX);
        apply(new NecessidadeAtualizada(
                id,
                c.category() == null ? detalhes.category : c.category(),
                items,
                c.location() == null ? detalhes.location : c.location().applyTo(detalhes.location),
                detalhes.creatorId,
                c.urgency() == null ? detalhes.urgency : c.urgency(),
                Patch.apply(c.neededUntil(), detalhes.neededUntil),
                metadata));
    }

    @CommandHandler
    void handle(CancelarNecessidade c, Actor actor) {
        actor.requireCoordinationOr(detalhes.creatorId);
        NECESSIDADE_ATENDIDA.require(status != NecessidadeStatus.ATENDIDA);
        NECESSIDADE_CANCELADA.require(status != NecessidadeStatus.CANCELADA);
        var underWay = compromissos.entrySet().stream()
                .filter(entry -> entry.getValue().ativo())
                .map(entry -> new Titular(entry.getKey()))
                .toList();
        apply(new NecessidadeCancelada(id, c.reason(), underWay));
    }

    @CommandHandler
    void handle(ExpirarNecessidade c, Clock clock) {
        expirarSeVencida(clock);
    }

    @CommandHandler
    void handle(ComprometerNecessidade c, Clock clock) {
        if (compromissos.containsKey(c.titular().value())) {
            return;
        }
        expirarSeVencida(clock);
        apply(recusa(c.items())
                .<Object>map(rule -> new CompromissoRecusado(id, c.titular(), rule.name()))
                .orElseGet(() -> new NecessidadeComprometida(id, c.titular(), c.items())));
    }

    @CommandHandler
    void handle(LiberarCompromisso c, Clock clock) {
        compromisso(c.titular()).ifPresent(items -> {
            apply(new CompromissoLiberado(id, c.titular(), items));
            expirarSeVencida(clock); // its timer came and went while something was promised
        });
    }

    @CommandHandler
    void handle(AtenderNecessidade c) {
        compromisso(c.titular())
                .ifPresent(items -> apply(new NecessidadeAtendida(id, c.titular(), items, c.occurredAt())));
    }

    /// A need that is past its time but whose timer has not fired yet is treated as expired.
    private boolean vencida(Clock clock) {
        return status == NecessidadeStatus.ABERTA
                && detalhes.neededUntil != null
                && !clock.instant().isBefore(detalhes.neededUntil);
    }

    private void expirarSeVencida(Clock clock) {
        if (vencida(clock)) {
            apply(new NecessidadeExpirada(id, requireNonNull(detalhes.neededUntil)));
        }
    }

    private void requireEmAberto(Clock clock) {
        encerramento(status).ifPresent(rule -> rule.require(false));
        NECESSIDADE_EXPIRADA.require(!vencida(clock));
    }

    private static Optional<NecessidadeRule> encerramento(NecessidadeStatus status) {
        return switch (status) {
            case ABERTA, EM_ATENDIMENTO -> Optional.empty();
            case ATENDIDA -> Optional.of(NECESSIDADE_ATENDIDA);
            case CANCELADA -> Optional.of(NECESSIDADE_CANCELADA);
            case EXPIRADA -> Optional.of(NECESSIDADE_EXPIRADA);
        };
    }

    private void requireCobreCompromissos(List<Item> items) {
        for (var line : lines) {
            var item = items.stream()
                    .filter(candidate ->
                            find(lines, candidate.item()).filter(line::equals).isPresent())
                    .findFirst();
            ABAIXO_DO_COMPROMETIDO.require(item.map(Item::quantity).orElse(0L) >= line.engaged());
            UNIDADE_COMPROMETIDA.require(line.engaged() == 0
                    || item.map(Item::unit).orElse(line.unit()).equals(line.unit()));
        }
    }

    private Optional<NecessidadeRule> recusa(List<Item> items) {
        return encerramento(status)
                .or(() -> items.stream().flatMap(item -> recusa(item).stream()).findFirst());
    }

    private Optional<NecessidadeRule> recusa(Item item) {
        var line = find(lines, item.item());
        if (line.isEmpty()) {
            return Optional.of(ITEM_DESCONHECIDO);
        }
        if (!line.get().unit().equals(item.unit())) {
            return Optional.of(UNIDADE_DIFERENTE);
        }
        return item.quantity() > line.get().pending() ? Optional.of(ACIMA_DO_PENDENTE) : Optional.empty();
    }

    private Optional<List<Item>> compromisso(Titular titular) {
        return Optional.ofNullable(compromissos.get(titular.value()))
                .filter(Compromisso::ativo)
                .map(Compromisso::items);
    }

    private List<Item> items() {
        return lines.stream()
                .map(line -> new Item(line.item(), line.requested(), line.unit()))
                .toList();
    }

    @EventSourcingHandler
    void on(NecessidadeEvent event) {
        lines = LinhaNecessidade.apos(lines, event);
        switch (event) {
            case NecessidadeCriada e -> {
                id = e.id();
                detalhes = new Detalhes(
                        e.category(), e.location(), e.creatorId(), e.urgency(), e.neededUntil(), e.metadata());
            }
            case NecessidadeAtualizada e ->
                detalhes = new Detalhes(
                        e.category(), e.location(), e.creatorId(), e.urgency(), e.neededUntil(), e.metadata());
            case NecessidadeCancelada _ -> status = NecessidadeStatus.CANCELADA;
            case NecessidadeExpirada _ -> status = NecessidadeStatus.EXPIRADA;
            case NecessidadeComprometida e -> compromissos.put(e.titular().value(), new Compromisso(e.items()));
            case NecessidadePublicada _ -> publica = true;
            case NecessidadeRecolhida _ -> publica = false;
            case CompromissoRecusado e -> compromissos.put(e.titular().value(), Compromisso.ENCERRADO);
            case CompromissoLiberado e -> compromissos.put(e.titular().value(), Compromisso.ENCERRADO);
            case NecessidadeAtendida e -> compromissos.put(e.titular().value(), Compromisso.ENCERRADO);
        }
        status = status.apos(lines);
    }
}
