package mutirao.analytics.query;

import mutirao.analytics.api.AnalyticsQuery.ListarContagens;
import mutirao.analytics.api.Contagem;
import mutirao.api.Page;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers how often what has happened.
@Component
class AnalyticsQueries {
    private final Listing<Contagem> contagens;

    AnalyticsQueries(JdbcClient db, Serving serving) {
        contagens = new Listing<>(db, serving, AnalyticsProjection.TABLE)
                .sort("count", "count", "bigint")
                .sort("action", "action", "text");
    }

    @QueryHandler
    Page<Contagem> handle(ListarContagens query) {
        return contagens.select().where("category = ?", query.category()).page(query.page());
    }
}
