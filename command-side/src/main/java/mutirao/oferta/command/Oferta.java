package mutirao.oferta.command;

import static mutirao.api.Linha.find;
import static mutirao.oferta.command.OfertaRule.*;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.MetadataPatch;
import mutirao.api.Quantia;
import mutirao.api.Titular;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaCommand.*;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.api.OfertaStatus;
import mutirao.oferta.command.Reserva.Estado;
import mutirao.platform.command.Outcome;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Directory;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// What somebody offers, and who holds how much of it. Whoever races, no unit is promised twice.
@Aggregate(type = "oferta", snapshotTriggerDefinition = "everyHundredEvents")
class Oferta {
    @AggregateIdentifier
    private OfertaId id;

    private OfertaStatus status = OfertaStatus.PUBLICADA;
    private List<LinhaOferta> lines = List.of();
    private Detalhes detalhes;
    private Reservas reservas = new Reservas();

    private record Detalhes(
            Categoria category,
            UUID providerId,
            Local location,
            Instant availableUntil,
            Map<String, String> metadata) {}

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Oferta() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(PublicarOferta c) {
        apply(new OfertaPublicada(
                c.id(),
                c.category(),
                Item.visiveis(c.items()),
                c.providerId(),
                c.location().visivel(),
                c.availableUntil(),
                c.metadata()));
    }

    @CommandHandler
    void handle(AtualizarOferta c, Clock clock, Actor actor) {
        actor.requireCoordinationOr(detalhes.providerId);
        requireAberta(clock.instant());
        expirarVencidas(clock.instant());
        var items = c.items() == null ? items() : Item.visiveis(c.items());
        requireCobreReservas(items);
        var metadata = c.metadata() == null ? detalhes.metadata : c.metadata().applyTo(detalhes.metadata);
        METADADOS_DEMAIS.require(metadata.size() <= MetadataPatch.MAX);
        apply(new OfertaAtualizada(
                id,
                c.category() == null ? detalhes.category : c.category(),
                items,
                detalhes.providerId,
                c.location() == null ? detalhes.location : c.location().applyTo(detalhes.location),
                c.availableUntil() == null ? detalhes.availableUntil : c.availableUntil(),
                metadata));
    }

    @CommandHandler
    @Nullable
    Outcome handle(ReservarOferta c, Clock clock, OfertaSettings settings, Directory directory, Actor actor) {
        actor.requireCoordinationOr(c.volunteerId());
        VOLUNTARIO_DE_FORA.require(c.titular() != null || !actor.cannotActWith(c.volunteerId(), directory));
        var now = clock.instant();
        var until = now.plus(c.holdFor() == null ? settings.reserva() : c.holdFor());
        if (c.titular() == null) {
            reservarPorPessoa(c, now, until, settings);
        } else {
            reservarParaEntrega(c, c.titular(), now, until, settings);
        }
        return Outcome.part(c.reservaId());
    }

    private void reservarPorPessoa(ReservarOferta c, Instant now, Instant until, OfertaSettings settings) {
        RESERVA_JA_EXISTE.require(reservas.find(c.reservaId()).isEmpty());
        requireAberta(now);
        expirarVencidas(now);
        recusa(c.items(), List.of()).or(() -> recusaDeMais(c, settings)).ifPresent(rule -> rule.require(false));
        reservar(c, until);
    }

    private void reservarParaEntrega(
            ReservarOferta c, Titular titular, Instant now, Instant until, OfertaSettings settings) {
        if (reservas.find(c.reservaId()).filter(held -> held.de(titular)).isPresent()) {
            return; // it was answered before
        }
        encerrarSeVencida(now);
        expirarVencidas(now);
        recusaParaEntrega(c)
                .or(() -> recusaDeMais(c, settings))
                .ifPresentOrElse(
                        rule -> apply(new ReservaRecusada(id, c.reservaId(), titular, rule.name())),
                        () -> tomarEReservar(c, until));
    }

    private Optional<OfertaRule> recusaDeMais(ReservarOferta c, OfertaSettings settings) {
        return reservas.de(c.volunteerId(), c.reservaId()) < settings.reservasPorVoluntario()
                ? Optional.empty()
                : Optional.of(RESERVAS_DEMAIS);
    }

    /// A hold made by hand goes over to the delivery: its units are free for it, and only for it.
    private Optional<OfertaRule> recusaParaEntrega(ReservarOferta c) {
        if (reservas.esqueceu(c.askedAt())) {
            return Optional.of(RESERVA_ENCERRADA); // or never was; the delivery is told in both cases
        }
        var held = reservas.find(c.reservaId());
        var byHand = !c.reservaId().equals(entregaDe(c));
        if (byHand && held.isEmpty()) {
            return Optional.of(RESERVA_DESCONHECIDA);
        }
        if (held.isPresent() && held.get().titular() != null) {
            return Optional.of(RESERVA_DE_ENTREGA);
        }
        if (held.filter(hold -> !hold.volunteerId().equals(c.volunteerId())).isPresent()) {
            return Optional.of(RESERVA_DE_OUTRO_VOLUNTARIO);
        }
        if (held.filter(hold -> !hold.ativa()).isPresent()) {
            return Optional.of(RESERVA_ENCERRADA);
        }
        return encerramento()
                .or(() -> recusa(c.items(), held.map(Reserva::items).orElse(List.of())));
    }

    private static @Nullable UUID entregaDe(ReservarOferta c) {
        return c.titular() == null ? null : c.titular().value();
    }

    private void tomarEReservar(ReservarOferta c, Instant expiresAt) {
        reservas.find(c.reservaId())
                .ifPresent(held -> apply(new ReservaCancelada(id, c.reservaId(), held.items(), null)));
        reservar(c, expiresAt);
    }

    private void reservar(ReservarOferta c, Instant expiresAt) {
        apply(new OfertaReservada(id, c.reservaId(), c.volunteerId(), comUnidades(c.items()), expiresAt, c.titular()));
    }

    @CommandHandler
    @Nullable
    Outcome handle(CancelarReserva c, Clock clock, Actor actor) {
        var held = reservas.find(c.reservaId()).orElse(null);
        actor.requireCoordinationOr(detalhes.providerId, held == null ? detalhes.providerId : held.volunteerId());
        if (c.titular() == null) {
            RESERVA_DESCONHECIDA.require(held != null);
            RESERVA_DE_ENTREGA.require(held != null && !(held.titular() != null && held.segura()));
            RESERVA_ENCERRADA.require(held != null && held.ativa() && !held.vencida(clock.instant()));
        }
        if (held != null && held.segura() && held.de(c.titular())) {
            apply(new ReservaCancelada(id, c.reservaId(), held.items(), c.titular()));
        }
        return Outcome.part(c.reservaId());
    }

    @CommandHandler
    void handle(ExpirarReserva c, Clock clock) {
        if (reservas.find(c.reservaId())
                .filter(held -> held.vencida(clock.instant()))
                .isPresent()) {
            expirar(c.reservaId());
        }
    }

    /// A hold that lapsed although its delivery was accepted in time is restored, if its units are still free and it is
    /// remembered. Ended and confirmed ones were answered before.
    @CommandHandler
    void handle(ConfirmarReserva c, Clock clock) {
        var found = reservas.find(c.reservaId());
        if (found.isEmpty() && reservas.esqueceu(null)) {
            apply(new ReservaRecusada(id, c.reservaId(), c.titular(), RESERVA_ENCERRADA.name()));
        }
        if (found.filter(held -> held.de(c.titular())).isEmpty()) {
            return;
        }
        var held = found.get();
        switch (held.estado()) {
            case ATIVA -> apply(new ReservaConfirmada(id, c.reservaId(), c.titular()));
            case EXPIRADA -> restaurar(c, held, clock.instant());
            case CONFIRMADA, ENCERRADA -> {}
        }
    }

    private void restaurar(ConfirmarReserva c, Reserva held, Instant now) {
        expirarVencidas(now);
        if (livres(held.items())) {
            apply(new OfertaReservada(
                    id, c.reservaId(), held.volunteerId(), held.items(), held.expiresAt(), c.titular()));
            apply(new ReservaConfirmada(id, c.reservaId(), c.titular()));
        } else {
            apply(new ReservaRecusada(id, c.reservaId(), c.titular(), RESERVA_ENCERRADA.name()));
        }
    }

    @CommandHandler
    void handle(BaixarReserva c) {
        reservas.find(c.reservaId())
                .filter(held -> held.segura() && held.de(c.titular()))
                .ifPresent(
                        held -> apply(new ReservaBaixada(id, c.reservaId(), held.items(), c.titular(), c.outcome())));
    }

    @CommandHandler
    void handle(ExpirarOferta c, Clock clock) {
        encerrarSeVencida(clock.instant());
    }

    @CommandHandler
    void handle(CancelarOferta c, Clock clock, Actor actor) {
        actor.requireCoordinationOr(detalhes.providerId);
        requireAberta(clock.instant());
        apply(new OfertaCancelada(id, c.reason()));
        expirarTodas();
    }

    /// An offer or hold that is past its time but whose timer has not fired yet is treated as expired.
    private void encerrarSeVencida(Instant now) {
        if (!status.encerrada() && !now.isBefore(detalhes.availableUntil)) {
            apply(new OfertaExpirada(id, detalhes.availableUntil, OfertaExpirada.PRAZO));
            expirarTodas();
        }
    }

    private void expirarVencidas(Instant now) {
        reservas.quais(held -> held.vencida(now)).forEach(this::expirar);
    }

    /// The end of the offer ends its unconfirmed holds; confirmed ones go on.
    private void expirarTodas() {
        reservas.quais(Reserva::ativa).forEach(this::expirar);
    }

    private void expirar(UUID reservaId) {
        var held = reservas.find(reservaId).orElseThrow();
        apply(new ReservaExpirada(id, reservaId, held.items(), held.titular()));
    }

    private void requireAberta(Instant now) {
        encerramento().ifPresent(rule -> rule.require(false));
        OFERTA_EXPIRADA.require(now.isBefore(detalhes.availableUntil));
    }

    private Optional<OfertaRule> encerramento() {
        return switch (status) {
            case PUBLICADA, ESGOTADA -> Optional.empty();
            case EXPIRADA -> Optional.of(OFERTA_EXPIRADA);
            case CANCELADA -> Optional.of(OFERTA_CANCELADA);
        };
    }

    private void requireCobreReservas(List<Item> items) {
        for (var line : lines) {
            var item = items.stream()
                    .filter(candidate ->
                            find(lines, candidate.item()).filter(line::equals).isPresent())
                    .findFirst();
            ABAIXO_DO_RESERVADO.require(item.map(Item::quantity).orElse(0L) >= line.engaged());
            UNIDADE_RESERVADA.require(line.engaged() == 0
                    || item.map(Item::unit).orElse(line.unit()).equals(line.unit()));
        }
    }

    /// @param freed units that count as available beside those that are
    private Optional<OfertaRule> recusa(List<Quantia> items, List<Item> freed) {
        for (var item : items) {
            var available = find(lines, item.item()).map(LinhaOferta::available);
            var extra = freed.stream()
                    .filter(candidate -> candidate.key().equals(item.key()))
                    .mapToLong(Item::quantity)
                    .sum();
            if (available.isEmpty() || item.quantity() > available.get() + extra) {
                return Optional.of(QUANTIDADE_INDISPONIVEL);
            }
        }
        return Optional.empty();
    }

    private boolean livres(List<Item> items) {
        return items.stream()
                .allMatch(item -> find(lines, item.item())
                        .filter(line -> line.unit().equals(item.unit()) && line.free() >= item.quantity())
                        .isPresent());
    }

    private List<Item> comUnidades(List<Quantia> items) {
        return items.stream()
                .map(item -> find(lines, item.item())
                        .map(line -> new Item(line.item(), item.quantity(), line.unit()))
                        .orElseThrow())
                .toList();
    }

    private List<Item> items() {
        return lines.stream()
                .map(line -> new Item(line.item(), line.published(), line.unit()))
                .toList();
    }

    @EventSourcingHandler
    void on(OfertaEvent event, @Timestamp Instant at) {
        lines = LinhaOferta.apos(lines, event, status.encerrada());
        switch (event) {
            case OfertaPublicada e -> {
                id = e.id();
                detalhes = new Detalhes(e.category(), e.providerId(), e.location(), e.availableUntil(), e.metadata());
            }
            case OfertaAtualizada e ->
                detalhes = new Detalhes(e.category(), e.providerId(), e.location(), e.availableUntil(), e.metadata());
            case OfertaReservada e ->
                reservas.reservar(
                        e.reservaId(),
                        new Reserva(e.volunteerId(), e.items(), e.expiresAt(), e.titular(), Estado.ATIVA));
            case ReservaRecusada e -> recusada(e, at);
            case ReservaCancelada e -> encerrada(e.reservaId(), Estado.ENCERRADA, at);
            case ReservaExpirada e -> encerrada(e.reservaId(), Estado.EXPIRADA, at);
            case ReservaConfirmada e -> reservas.confirmar(e.reservaId());
            case ReservaBaixada e -> encerrada(e.reservaId(), Estado.ENCERRADA, at);
            case OfertaExpirada _ -> status = OfertaStatus.EXPIRADA;
            case OfertaCancelada _ -> status = OfertaStatus.CANCELADA;
        }
        status = status.apos(lines);
    }

    private void encerrada(UUID reservaId, Estado estado, Instant at) {
        reservas.find(reservaId).ifPresent(held -> reservas.encerrar(reservaId, held.em(estado), at));
    }

    /// A refused hold of a delivery's own is remembered; another's hold that it could not take over stays as it is.
    private void recusada(ReservaRecusada e, Instant at) {
        var held = reservas.find(e.reservaId());
        if (held.isEmpty()) {
            reservas.encerrar(e.reservaId(), Reserva.recusada(e.titular().value(), e.titular()), at);
        } else if (held.get().de(e.titular())) {
            reservas.encerrar(e.reservaId(), held.get().em(Estado.ENCERRADA), at);
        }
    }
}
