package mutirao.necessidade.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
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
final class NecessidadeProjection implements Projection<NecessidadeEvent, NecessidadeResumo> {
    static final Table<NecessidadeResumo> TABLE = Table.of("necessidade", 2, NecessidadeResumo.class)
            .with("latitude", row -> row.location().latitude())
            .with("longitude", row -> row.location().longitude())
            .with("urgency_rank", row -> row.urgency().compareTo(Urgencia.BAIXA))
            .with("search", NecessidadeProjection::search)
            .with("item_keys", row -> Search.text(row.items().stream().map(LinhaNecessidade::item)));

    @Override
    public Table<NecessidadeResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("necessidade");
    }

    @Override
    public Object keyOf(NecessidadeEvent event, EventMeta meta) {
        return event.id().value();
    }

    @Override
    public NecessidadeResumo evolve(@Nullable NecessidadeResumo row, NecessidadeEvent event, EventMeta meta) {
        return switch (event) {
            case NecessidadeCriada e -> criada(e, meta);
            case NecessidadeAtualizada e -> changed(atualizada(requireNonNull(row), e), e, meta);
            case NecessidadeCancelada e ->
                changed(ended(requireNonNull(row), NecessidadeStatus.CANCELADA, e.reason()), e, meta);
            case NecessidadeExpirada e ->
                changed(ended(requireNonNull(row), NecessidadeStatus.EXPIRADA, null), e, meta);
            case NecessidadePublicada e -> changed(publica(requireNonNull(row), true), e, meta);
            case NecessidadeRecolhida e -> changed(publica(requireNonNull(row), false), e, meta);
            case NecessidadeComprometida _, CompromissoRecusado _, CompromissoLiberado _, NecessidadeAtendida _ ->
                changed(requireNonNull(row), event, meta);
        };
    }

    private static NecessidadeResumo criada(NecessidadeCriada e, EventMeta meta) {
        return new NecessidadeResumo(
                e.id().value(),
                meta.version(),
                NecessidadeStatus.ABERTA,
                e.category(),
                LinhaNecessidade.apos(List.of(), e),
                e.location(),
                e.creatorId(),
                e.urgency(),
                e.neededUntil(),
                e.metadata(),
                false,
                null,
                meta.timestamp(),
                meta.timestamp());
    }

    private static NecessidadeResumo atualizada(NecessidadeResumo row, NecessidadeAtualizada e) {
        return new NecessidadeResumo(
                row.id(),
                row.version(),
                row.status(),
                e.category(),
                row.items(),
                e.location(),
                e.creatorId(),
                e.urgency(),
                e.neededUntil(),
                e.metadata(),
                row.publica(),
                row.reason(),
                row.createdAt(),
                row.updatedAt());
    }

    private static NecessidadeResumo ended(NecessidadeResumo row, NecessidadeStatus status, @Nullable String reason) {
        return with(row, row.version(), status, row.items(), row.publica(), reason, row.updatedAt());
    }

    private static NecessidadeResumo publica(NecessidadeResumo row, boolean publica) {
        return with(row, row.version(), row.status(), row.items(), publica, row.reason(), row.updatedAt());
    }

    /// What every event after the first does: the lines and the status that follows from them, version and time.
    private static NecessidadeResumo changed(NecessidadeResumo row, NecessidadeEvent event, EventMeta meta) {
        var lines = LinhaNecessidade.apos(row.items(), event);
        return with(
                row, meta.version(), row.status().apos(lines), lines, row.publica(), row.reason(), meta.timestamp());
    }

    private static NecessidadeResumo with(
            NecessidadeResumo row,
            long version,
            NecessidadeStatus status,
            List<LinhaNecessidade> items,
            boolean publica,
            @Nullable String reason,
            Instant updatedAt) {
        return new NecessidadeResumo(
                row.id(),
                version,
                status,
                row.category(),
                items,
                row.location(),
                row.creatorId(),
                row.urgency(),
                row.neededUntil(),
                row.metadata(),
                publica,
                reason,
                row.createdAt(),
                updatedAt);
    }

    private static String search(NecessidadeResumo row) {
        return Search.text(Stream.of(
                        row.items().stream().map(LinhaNecessidade::item),
                        Stream.of(row.location().name()),
                        row.metadata().values().stream())
                .flatMap(texts -> texts));
    }
}
