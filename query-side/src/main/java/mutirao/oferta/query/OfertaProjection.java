package mutirao.oferta.query;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaResumo;
import mutirao.oferta.api.OfertaStatus;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is offered: one row per offer. Its holds have rows of their own ([OfertaReservaProjection]).
@Component
final class OfertaProjection implements Projection<OfertaEvent, OfertaResumo> {
    static final Table<OfertaResumo> TABLE = Table.of("oferta", 3, OfertaResumo.class)
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
            case OfertaReservada _,
                    ReservaRecusada _,
                    ReservaConfirmada _,
                    ReservaCancelada _,
                    ReservaExpirada _,
                    ReservaBaixada _ -> changed(requireNonNull(row), event, meta);
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
                row.reason(),
                row.createdAt(),
                row.updatedAt());
    }

    private static OfertaResumo ended(
            OfertaResumo row, OfertaEvent event, EventMeta meta, OfertaStatus status, @Nullable String reason) {
        return with(changed(row, event, meta), status, LinhaOferta.apos(row.items(), event, false), reason, meta);
    }

    /// What every event after the first does: the lines and the status that follows from them, version and time.
    private static OfertaResumo changed(OfertaResumo row, OfertaEvent event, EventMeta meta) {
        var lines = LinhaOferta.apos(row.items(), event, row.status().encerrada());
        return with(row, row.status().apos(lines), lines, row.reason(), meta);
    }

    private static OfertaResumo with(
            OfertaResumo row, OfertaStatus status, List<LinhaOferta> items, @Nullable String reason, EventMeta meta) {
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
