package mutirao.oferta.query;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import mutirao.api.Page;
import mutirao.oferta.api.OfertaQuery.BuscarOferta;
import mutirao.oferta.api.OfertaQuery.ListarOfertas;
import mutirao.oferta.api.OfertaResumo;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about offers.
@Component
class OfertaQueries {
    private final Listing<OfertaResumo> offers;

    OfertaQueries(JdbcClient db, Serving serving) {
        offers = new Listing<>(db, serving, OfertaProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .sort("availableUntil", "available_until", "timestamptz");
    }

    @QueryHandler
    Optional<OfertaResumo> handle(BuscarOferta query) {
        return offers.find(query.id().value());
    }

    @QueryHandler
    Page<OfertaResumo> handle(ListarOfertas query) {
        return offers.select()
                .where("status = ?", query.status())
                .where("category = ?", query.category())
                .where("provider_id = ?", query.providerId())
                .where(
                        "status = 'PUBLICADA' and available_until > ?",
                        query.availableAt() == null
                                ? null
                                : OffsetDateTime.ofInstant(query.availableAt(), ZoneOffset.UTC))
                .search(query.q())
                .near(query.near())
                .page(query.page());
    }
}
