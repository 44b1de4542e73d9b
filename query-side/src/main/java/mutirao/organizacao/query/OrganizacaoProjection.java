package mutirao.organizacao.query;

import static java.util.Objects.requireNonNull;

import java.util.Set;
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
final class OrganizacaoProjection implements Projection<OrganizacaoEvent, OrganizacaoResumo> {
    static final Table<OrganizacaoResumo> TABLE = Table.of("organizacao", 1, OrganizacaoResumo.class);

    @Override
    public Table<OrganizacaoResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("organizacao");
    }

    @Override
    public Object keyOf(OrganizacaoEvent event, EventMeta meta) {
        return event.id().value();
    }

    @Override
    public OrganizacaoResumo evolve(@Nullable OrganizacaoResumo row, OrganizacaoEvent event, EventMeta meta) {
        return switch (event) {
            case OrganizacaoCriada e ->
                new OrganizacaoResumo(
                        e.id().value(),
                        meta.version(),
                        OrganizacaoStatus.ATIVA,
                        e.name(),
                        meta.timestamp(),
                        meta.timestamp());
            case OrganizacaoRenomeada e -> renomeada(requireNonNull(row), e, meta);
        };
    }

    private static OrganizacaoResumo renomeada(OrganizacaoResumo row, OrganizacaoRenomeada e, EventMeta meta) {
        return new OrganizacaoResumo(
                row.id(), meta.version(), row.status(), e.name(), row.createdAt(), meta.timestamp());
    }
}
