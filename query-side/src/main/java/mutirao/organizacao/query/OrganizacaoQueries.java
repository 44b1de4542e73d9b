package mutirao.organizacao.query;

import java.util.HashMap;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.organizacao.api.OrganizacaoQuery.BuscarNomes;
import mutirao.organizacao.api.OrganizacaoQuery.ListarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoQuery.Nomes;
import mutirao.organizacao.api.OrganizacaoResumo;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about organizations, across all of them: what they are called is all that is shown.
@Component
class OrganizacaoQueries {
    private final JdbcClient db;
    private final Serving serving;
    private final Listing<OrganizacaoResumo> organizacoes;

    OrganizacaoQueries(JdbcClient db, Serving serving) {
        this.db = db;
        this.serving = serving;
        this.organizacoes = new Listing<>(db, serving, OrganizacaoProjection.TABLE).sort("name", "name", "text");
    }

    @QueryHandler
    Page<OrganizacaoResumo> handle(ListarOrganizacoes query) {
        return organizacoes.select().page(query.page());
    }

    @QueryHandler
    Nomes handle(BuscarNomes query) {
        var names = new HashMap<UUID, String>();
        db.sql("select id, name from " + serving.from(OrganizacaoProjection.TABLE) + " where id = any(?)")
                .param(query.ids().toArray(UUID[]::new))
                .query((row, _) -> names.put(row.getObject("id", UUID.class), row.getString("name")))
                .list();
        return new Nomes(names);
    }
}
