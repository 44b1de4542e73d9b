package mutirao.entrega.query;

import java.util.Optional;
import mutirao.api.Page;
import mutirao.entrega.api.EntregaQuery.BuscarEntrega;
import mutirao.entrega.api.EntregaQuery.ListarEntregas;
import mutirao.entrega.api.EntregaResumo;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about deliveries.
@Component
class EntregaQueries {
    private final Listing<EntregaResumo> deliveries;

    EntregaQueries(JdbcClient db, Serving serving) {
        deliveries = new Listing<>(db, serving, EntregaProjection.TABLE).sort("updatedAt", "updated_at", "timestamptz");
    }

    @QueryHandler
    Optional<EntregaResumo> handle(BuscarEntrega query) {
        return deliveries.find(query.id().value());
    }

    @QueryHandler
    Page<EntregaResumo> handle(ListarEntregas query) {
        return deliveries
                .select()
                .where("status = ?", query.status())
                .where("volunteer_id = ?", query.volunteerId())
                .where("oferta_id = ?", query.ofertaId())
                .where("necessidade_id = ?", query.necessidadeId())
                .page(query.page());
    }
}
