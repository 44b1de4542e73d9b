package mutirao.necessidade.query;

import mutirao.api.Page;
import mutirao.necessidade.api.NecessidadePublica;
import mutirao.necessidade.api.NecessidadeQuery.ListarNecessidadesPublicas;
import mutirao.necessidade.query.NecessidadePublicaProjection.Registro;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what anybody may ask, across organizations.
@Component
class NecessidadePublicaQueries {
    private final Listing<Registro> needs;

    NecessidadePublicaQueries(JdbcClient db, Serving serving) {
        needs = Listing.ofEveryOrganization(db, serving, NecessidadePublicaProjection.TABLE)
                .only(() -> "publica");
    }

    @QueryHandler
    Page<NecessidadePublica> handle(ListarNecessidadesPublicas query) {
        var found = needs.select()
                .where("category = ?", query.category())
                .where("urgency = ?", query.urgency())
                .near(query.near())
                .page(query.page());
        return new Page<>(found.items().stream().map(Registro::view).toList(), found.next());
    }
}
