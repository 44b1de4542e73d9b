package mutirao.organizacao.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import mutirao.organizacao.api.OrganizacaoEvent;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoCriada;
import mutirao.organizacao.api.OrganizacaoEvent.OrganizacaoRenomeada;
import mutirao.organizacao.api.OrganizacaoResumo;
import mutirao.organizacao.api.OrganizacaoStatus;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Organizations: one row for each.
@Component
@RecordBuilder.Include(OrganizacaoResumo.class)
final class OrganizacaoProjection implements Projection<OrganizacaoEvent, OrganizacaoResumo> {
    static final Table<OrganizacaoResumo> TABLE =
            Table.of(OrganizacaoEvent.class, 1, OrganizacaoResumo.class).index("newest", "(created_at, id)");

    @Override
    public Table<OrganizacaoResumo> table() {
        return TABLE;
    }

    @Override
    public OrganizacaoResumo evolve(@Nullable OrganizacaoResumo row, OrganizacaoEvent event, EventMeta meta) {
        return switch (event) {
            case OrganizacaoCriada e ->
                OrganizacaoResumoBuilder.builder()
                        .status(OrganizacaoStatus.ATIVA)
                        .name(e.name())
                        .build();
            case OrganizacaoRenomeada e ->
                OrganizacaoResumoBuilder.builder(requireNonNull(row))
                        .name(e.name())
                        .build();
        };
    }
}
