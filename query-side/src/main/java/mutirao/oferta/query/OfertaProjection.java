package mutirao.oferta.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.entrega.api.EntregaId;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaResumo;
import mutirao.oferta.api.OfertaResumo.Reserva;
import mutirao.oferta.api.OfertaStatus;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is offered: one row per offer, with the holds that are on.
@Component
final class OfertaProjection implements Projection<OfertaEvent, OfertaResumo> {
    static final Table<OfertaResumo> TABLE = Table.of("oferta", 2, OfertaResumo.class)
            .with("latitude", row -> row.location().latitude())
            .with("longitude", row -> row.location().longitude())
            .with("search", OfertaProjection::search)
            .with("item_keys", row -> Search.text(row.items().stream().map(LinhaOferta::item)));

    @Override
    public Table<OfertaResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("oferta");
    }

    @Override
    public Object keyOf(OfertaEvent event, EventMeta meta) {
        return event.id().value();
    }

    @Override
    public OfertaResumo evolve(@Nullable OfertaResumo row, OfertaEvent event, EventMeta meta) {
        return switch (event) {
            case OfertaPublicada e -> publicada(e, meta);
            case OfertaAtualizada e -> changed(atualizada(requireNonNull(row), e), e, meta);
            case OfertaReservada e -> reservas(requireNonNull(row), e, meta, with(row.reservas(), reserva(e)));
            case ReservaConfirmada e -> reservas(requireNonNull(row), e, meta, confirmada(row.reservas(), e));
            case ReservaCancelada e -> reservas(requireNonNull(row), e, meta, without(row.reservas(), e.reservaId()));
            case ReservaExpirada e -> reservas(requireNonNull(row), e, meta, without(row.reservas(), e.reservaId()));
            case ReservaBaixada e -> reservas(requireNonNull(row), e, meta, without(row.reservas(), e.reservaId()));
            case ReservaRecusada _ -> changed(requireNonNull(row), event, meta);
            case OfertaExpirada _ -> ended(requireNonNull(row), event, meta, OfertaStatus.EXPIRADA, null);
            case OfertaCancelada e -> ended(requireNonNull(row), e, meta, OfertaStatus.CANCELADA, e.reason());
        };
    }

    private static OfertaResumo publicada(OfertaPublicada e, EventMeta meta) {
        return new OfertaResumo(
                e.id().value(),
                meta.version(),
                OfertaStatus.PUBLICADA,
                e.category(),
                LinhaOferta.apos(List.of(), e, false),
                e.location(),
                e.providerId(),
                e.availableUntil(),
                e.metadata(),
                List.of(),
                null,
                meta.timestamp(),
                meta.timestamp());
    }

    private static OfertaResumo atualizada(OfertaResumo row, OfertaAtualizada e) {
        return new OfertaResumo(
                row.id(),
                row.version(),
                row.status(),
                e.category(),
                row.items(),
                e.location(),
                e.providerId(),
                e.availableUntil(),
                e.metadata(),
                row.reservas(),
                row.reason(),
                row.createdAt(),
                row.updatedAt());
    }

    private static Reserva reserva(OfertaReservada e) {
        return new Reserva(e.reservaId(), e.volunteerId(), e.items(), e.expiresAt(), uuid(e.entregaId()));
    }

    private static @Nullable UUID uuid(@Nullable EntregaId entrega) {
        return Optional.ofNullable(entrega).map(EntregaId::value).orElse(null);
    }

    private static List<Reserva> with(List<Reserva> reservas, Reserva nova) {
        var more = new ArrayList<>(without(reservas, nova.reservaId()));
        more.add(nova);
        return List.copyOf(more);
    }

    private static List<Reserva> without(List<Reserva> reservas, UUID reservaId) {
        return reservas.stream()
                .filter(reserva -> !reserva.reservaId().equals(reservaId))
                .toList();
    }

    private static List<Reserva> confirmada(List<Reserva> reservas, ReservaConfirmada e) {
        return reservas.stream()
                .map(reserva -> reserva.reservaId().equals(e.reservaId())
                        ? new Reserva(
                                reserva.reservaId(), reserva.volunteerId(), reserva.items(), null, reserva.entregaId())
                        : reserva)
                .toList();
    }

    private static OfertaResumo reservas(OfertaResumo row, OfertaEvent event, EventMeta meta, List<Reserva> reservas) {
        var changed = changed(row, event, meta);
        return with(changed, changed.status(), changed.items(), reservas, row.reason(), meta);
    }

    private static OfertaResumo ended(
            OfertaResumo row, OfertaEvent event, EventMeta meta, OfertaStatus status, @Nullable String reason) {
        return with(
                changed(row, event, meta),
                status,
                LinhaOferta.apos(row.items(), event, false),
                row.reservas(),
                reason,
                meta);
    }

    /// What every event after the first does: the lines and the status that follows from them, version and time.
    private static OfertaResumo changed(OfertaResumo row, OfertaEvent event, EventMeta meta) {
        var lines = LinhaOferta.apos(row.items(), event, row.status().encerrada());
        return with(row, row.status().apos(lines), lines, row.reservas(), row.reason(), meta);
    }

    private static OfertaResumo with(
            OfertaResumo row,
            OfertaStatus status,
            List<LinhaOferta> items,
            List<Reserva> reservas,
            @Nullable String reason,
            EventMeta meta) {
        return new OfertaResumo(
                row.id(),
                meta.version(),
                status,
                row.category(),
                items,
                row.location(),
                row.providerId(),
                row.availableUntil(),
                row.metadata(),
                reservas,
                reason,
                row.createdAt(),
                meta.timestamp());
    }

    private static String search(OfertaResumo row) {
        return Search.text(Stream.of(
                        row.items().stream().map(LinhaOferta::item),
                        Stream.of(row.location().name()),
                        row.metadata().values().stream())
                .flatMap(texts -> texts));
    }
}
