package mutirao.necessidade.query;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
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
    static final Table<Registro> TABLE = Table.of("necessidade_publica", 1, Registro.class)
            .folding(NecessidadeEvent.class)
            .index("newest", "(created_at, id) where publica")
            .index("place", "(latitude, longitude) where publica");

    /// @param latitude  rounded, as is `longitude`
    /// @param publica   whether it is shown
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
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

    /// What has ended has no row, and nothing brings it back.
    @Override
    public @Nullable Registro evolve(@Nullable Registro row, NecessidadeEvent event, EventMeta meta) {
        if (event instanceof NecessidadeCriada e) {
            return of(e);
        }
        if (row == null || event instanceof NecessidadeCancelada || event instanceof NecessidadeExpirada) {
            return null;
        }
        var lines = LinhaNecessidade.apos(row.items(), event);
        var status = row.status().apos(lines);
        return status.encerrada()
                ? null
                : changed(RegistroBuilder.builder(row).items(lines).status(status), event)
                        .build();
    }

    private static RegistroBuilder changed(RegistroBuilder row, NecessidadeEvent event) {
        return switch (event) {
            case NecessidadeAtualizada e ->
                row.category(e.category())
                        .latitude(Local.aproximado(e.location().latitude()))
                        .longitude(Local.aproximado(e.location().longitude()))
                        .urgency(e.urgency())
                        .neededUntil(e.neededUntil());
            case NecessidadePublicada _ -> row.publica(true);
            case NecessidadeRecolhida _ -> row.publica(false);
            case NecessidadeCriada _,
                    NecessidadeComprometida _,
                    CompromissoRecusado _,
                    CompromissoLiberado _,
                    NecessidadeAtendida _,
                    NecessidadeCancelada _,
                    NecessidadeExpirada _ -> row;
        };
    }

    private static Registro of(NecessidadeCriada e) {
        return RegistroBuilder.builder()
                .status(NecessidadeStatus.ABERTA)
                .category(e.category())
                .items(LinhaNecessidade.apos(List.of(), e))
                .latitude(Local.aproximado(e.location().latitude()))
                .longitude(Local.aproximado(e.location().longitude()))
                .urgency(e.urgency())
                .neededUntil(e.neededUntil())
                .build();
    }
}
