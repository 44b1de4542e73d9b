package mutirao.necessidade.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.stream.Stream;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What people need: one row per need.
@Component
@RecordBuilder.Include(NecessidadeResumo.class)
final class NecessidadeProjection implements Projection<NecessidadeEvent, NecessidadeResumo> {
    static final Table<NecessidadeResumo> TABLE = Table.of(NecessidadeEvent.class, 2, NecessidadeResumo.class)
            .with("latitude", Double.class, row -> row.location().latitude())
            .with("longitude", Double.class, row -> row.location().longitude())
            .with("urgency_rank", Integer.class, row -> row.urgency().compareTo(Urgencia.BAIXA))
            .with("search", String.class, NecessidadeProjection::search)
            .with(
                    "item_keys",
                    String.class,
                    row -> Search.text(row.items().stream().map(LinhaNecessidade::item)))
            .index("newest", "(organization_id, created_at, id)")
            .index("status", "(organization_id, status, created_at, id)")
            .index("place", "(latitude, longitude) where latitude is not null")
            .index("creator", "(creator_id, created_at, id)");

    @Override
    public Table<NecessidadeResumo> table() {
        return TABLE;
    }

    @Override
    public NecessidadeResumo evolve(@Nullable NecessidadeResumo row, NecessidadeEvent event, EventMeta meta) {
        return switch (event) {
            case NecessidadeCriada e -> criada(e);
            case NecessidadeAtualizada e -> atualizada(requireNonNull(row), e);
            case NecessidadeCancelada e ->
                changed(requireNonNull(row), e, NecessidadeStatus.CANCELADA)
                        .reason(e.reason())
                        .build();
            case NecessidadeExpirada e ->
                changed(requireNonNull(row), e, NecessidadeStatus.EXPIRADA).build();
            case NecessidadePublicada e ->
                changed(requireNonNull(row), e).publica(true).build();
            case NecessidadeRecolhida e ->
                changed(requireNonNull(row), e).publica(false).build();
            case NecessidadeComprometida _, CompromissoRecusado _, CompromissoLiberado _, NecessidadeAtendida _ ->
                changed(requireNonNull(row), event).build();
        };
    }

    private static NecessidadeResumo criada(NecessidadeCriada e) {
        return NecessidadeResumoBuilder.builder()
                .status(NecessidadeStatus.ABERTA)
                .category(e.category())
                .items(LinhaNecessidade.apos(List.of(), e))
                .location(e.location())
                .creatorId(e.creatorId())
                .urgency(e.urgency())
                .neededUntil(e.neededUntil())
                .metadata(e.metadata())
                .build();
    }

    private static NecessidadeResumo atualizada(NecessidadeResumo row, NecessidadeAtualizada e) {
        return changed(row, e)
                .category(e.category())
                .location(e.location())
                .creatorId(e.creatorId())
                .urgency(e.urgency())
                .neededUntil(e.neededUntil())
                .metadata(e.metadata())
                .build();
    }

    /// What every event after the first does: the lines, and the status that follows from them.
    private static NecessidadeResumoBuilder changed(NecessidadeResumo row, NecessidadeEvent event) {
        return changed(row, event, row.status());
    }

    private static NecessidadeResumoBuilder changed(
            NecessidadeResumo row, NecessidadeEvent event, NecessidadeStatus status) {
        var lines = LinhaNecessidade.apos(row.items(), event);
        return NecessidadeResumoBuilder.builder(row).items(lines).status(status.apos(lines));
    }

    private static String search(NecessidadeResumo row) {
        return Search.text(Stream.of(
                        row.items().stream().map(LinhaNecessidade::item),
                        Stream.of(row.location().name()),
                        row.metadata().values().stream())
                .flatMap(texts -> texts));
    }
}
