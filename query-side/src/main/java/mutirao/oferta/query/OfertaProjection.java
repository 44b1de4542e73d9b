package mutirao.oferta.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
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
@RecordBuilder.Include(OfertaResumo.class)
final class OfertaProjection implements Projection<OfertaEvent, OfertaResumo> {
    static final Table<OfertaResumo> TABLE = Table.of(OfertaEvent.class, 3, OfertaResumo.class)
            .with("latitude", Double.class, row -> row.location().latitude())
            .with("longitude", Double.class, row -> row.location().longitude())
            .with("search", String.class, OfertaProjection::search)
            .with(
                    "item_keys",
                    String.class,
                    row -> Search.text(row.items().stream().map(LinhaOferta::item)))
            .index("newest", "(organization_id, created_at, id)")
            .index("status", "(organization_id, status, available_until, id)")
            .index("place", "(latitude, longitude) where latitude is not null")
            .index("provider", "(provider_id, created_at, id)")
            .index("items", "using gin (string_to_array(item_keys, E'\\n'))");

    @Override
    public Table<OfertaResumo> table() {
        return TABLE;
    }

    @Override
    public OfertaResumo evolve(@Nullable OfertaResumo row, OfertaEvent event, EventMeta meta) {
        return switch (event) {
            case OfertaPublicada e -> publicada(e);
            case OfertaAtualizada e -> atualizada(requireNonNull(row), e);
            case OfertaReservada _,
                    ReservaRecusada _,
                    ReservaConfirmada _,
                    ReservaCancelada _,
                    ReservaExpirada _,
                    ReservaBaixada _ -> changed(requireNonNull(row), event).build();
            case OfertaExpirada _ ->
                ended(requireNonNull(row), event).status(OfertaStatus.EXPIRADA).build();
            case OfertaCancelada e ->
                ended(requireNonNull(row), event)
                        .status(OfertaStatus.CANCELADA)
                        .reason(e.reason())
                        .build();
        };
    }

    private static OfertaResumo publicada(OfertaPublicada e) {
        return OfertaResumoBuilder.builder()
                .status(OfertaStatus.PUBLICADA)
                .category(e.category())
                .items(LinhaOferta.apos(List.of(), e, false))
                .location(e.location())
                .providerId(e.providerId())
                .availableUntil(e.availableUntil())
                .metadata(e.metadata())
                .build();
    }

    private static OfertaResumo atualizada(OfertaResumo row, OfertaAtualizada e) {
        return changed(row, e)
                .category(e.category())
                .location(e.location())
                .providerId(e.providerId())
                .availableUntil(e.availableUntil())
                .metadata(e.metadata())
                .build();
    }

    /// What every event after the first does: the lines, and the status that follows from them.
    private static OfertaResumoBuilder changed(OfertaResumo row, OfertaEvent event) {
        var lines = LinhaOferta.apos(row.items(), event, row.status().encerrada());
        return OfertaResumoBuilder.builder(row).items(lines).status(row.status().apos(lines));
    }

    private static OfertaResumoBuilder ended(OfertaResumo row, OfertaEvent event) {
        return OfertaResumoBuilder.builder(row).items(LinhaOferta.apos(row.items(), event, false));
    }

    private static String search(OfertaResumo row) {
        return Search.text(Stream.of(
                        row.items().stream().map(LinhaOferta::item),
                        Stream.of(row.location().name()),
                        row.metadata().values().stream())
                .flatMap(texts -> texts));
    }
}
