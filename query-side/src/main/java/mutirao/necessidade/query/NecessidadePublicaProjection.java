package mutirao.necessidade.query;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Local;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadePublica;
import mutirao.necessidade.api.NecessidadePublica.Linha;
import mutirao.necessidade.api.NecessidadePublica.Lugar;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.necessidade.query.NecessidadePublicaProjection.Registro;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What can be told to anybody of needs that have not ended: one row per need, without anything personal. Those that
/// are not public have a row too, since what publishes one says no more than that; nobody reads it.
@Component
final class NecessidadePublicaProjection implements Projection<NecessidadeEvent, Registro> {
    static final Table<Registro> TABLE = Table.of("necessidade_publica", 1, Registro.class);

    /// @param latitude  rounded, as is `longitude`
    /// @param publica   whether it is shown
    record Registro(
            UUID id,
            NecessidadeStatus status,
            Categoria category,
            List<LinhaNecessidade> items,
            @Nullable Double latitude,
            @Nullable Double longitude,
            Urgencia urgency,
            @Nullable Instant neededUntil,
            boolean publica,
            Instant createdAt) {

        NecessidadePublica view() {
            return new NecessidadePublica(
                    id,
                    status,
                    category,
                    items.stream().map(Linha::of).toList(),
                    new Lugar(latitude, longitude),
                    urgency,
                    neededUntil,
                    createdAt);
        }
    }

    @Override
    public Table<Registro> table() {
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

    /// What has ended has no row, and nothing brings it back.
    @Override
    public @Nullable Registro evolve(@Nullable Registro row, NecessidadeEvent event, EventMeta meta) {
        if (event instanceof NecessidadeCriada e) {
            return of(e, meta);
        }
        if (row == null || event instanceof NecessidadeCancelada || event instanceof NecessidadeExpirada) {
            return null;
        }
        var lines = LinhaNecessidade.apos(row.items(), event);
        var status = row.status().apos(lines);
        return status.encerrada()
                ? null
                : switch (event) {
                    case NecessidadeAtualizada e -> atualizada(row, e, lines, status);
                    case NecessidadePublicada _ -> with(row, lines, status, true);
                    case NecessidadeRecolhida _ -> with(row, lines, status, false);
                    default -> with(row, lines, status, row.publica());
                };
    }

    private static Registro of(NecessidadeCriada e, EventMeta meta) {
        return new Registro(
                e.id().value(),
                NecessidadeStatus.ABERTA,
                e.category(),
                LinhaNecessidade.apos(List.of(), e),
                Local.aproximado(e.location().latitude()),
                Local.aproximado(e.location().longitude()),
                e.urgency(),
                e.neededUntil(),
                false,
                meta.timestamp());
    }

    private static Registro atualizada(
            Registro row, NecessidadeAtualizada e, List<LinhaNecessidade> lines, NecessidadeStatus status) {
        return new Registro(
                row.id(),
                status,
                e.category(),
                lines,
                Local.aproximado(e.location().latitude()),
                Local.aproximado(e.location().longitude()),
                e.urgency(),
                e.neededUntil(),
                row.publica(),
                row.createdAt());
    }

    private static Registro with(
            Registro row, List<LinhaNecessidade> lines, NecessidadeStatus status, boolean publica) {
        return new Registro(
                row.id(),
                status,
                row.category(),
                lines,
                row.latitude(),
                row.longitude(),
                row.urgency(),
                row.neededUntil(),
                publica,
                row.createdAt());
    }
}
