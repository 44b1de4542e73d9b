package mutirao.organizacao.query;

import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.organizacao.api.OrganizacaoQuery.BuscarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoQuery.ListarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoResumo;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about organizations, across all of them: what they are called is all that is shown.
@Component
class OrganizacaoQueries {
    private final Listing<OrganizacaoResumo> organizacoes;

    OrganizacaoQueries(JdbcClient db, Serving serving) {
        this.organizacoes = Listing.ofEveryOrganization(db, serving, OrganizacaoProjection.TABLE)
                .sort("name", "name", "text");
    }

    @QueryHandler
    Page<OrganizacaoResumo> handle(ListarOrganizacoes query) {
        return organizacoes.select().page(query.page());
    }

    @QueryHandler
    Page<OrganizacaoResumo> handle(BuscarOrganizacoes query) {
        return organizacoes
                .select()
                .where("id = any(?)", query.ids().toArray(UUID[]::new))
                .page(new PageRequest(PageRequest.MAX, null, null));
    }
}
