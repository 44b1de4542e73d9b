package mutirao.necessidade.query;

import java.util.Optional;
import mutirao.api.Page;
import mutirao.entrega.api.EntregaStatus;
import mutirao.necessidade.api.NecessidadeQuery.BuscarNecessidade;
import mutirao.necessidade.api.NecessidadeQuery.ListarNecessidades;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.platform.query.Veil;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about needs.
@Component
class NecessidadeQueries {
    private final Listing<NecessidadeResumo> needs;

    NecessidadeQueries(JdbcClient db, Serving serving) {
        needs = new Listing<>(db, serving, NecessidadeProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .sort("urgency", "urgency_rank", "int")
                .sort("neededUntil", "coalesce(needed_until, 'infinity')", "timestamptz")
                .veiled(new Veil<>(() -> whole(serving), NecessidadeResumo::resguardada));
    }

    /// Coordination and auditors need every place; the others need those of their own needs, and of those to which they
    /// have accepted to bring something (ADR 0032).
    private static String whole(Serving serving) {
        var me = Actor.current();
        return me.coordinates() || me.is(Role.AUDITOR)
                ? Listing.EVERYBODY
                : "creator_id = '" + me.userId() + "' or id in (select necessidade_id from " + serving.from("entrega")
                        + " where volunteer_id = '" + me.userId() + "' and status in ("
                        + Veil.names(EntregaStatus.assumidas()) + "))";
    }

    @QueryHandler
    Optional<NecessidadeResumo> handle(BuscarNecessidade query) {
        return needs.find(query.id().value());
    }

    @QueryHandler
    Page<NecessidadeResumo> handle(ListarNecessidades query) {
        return needs.select()
                .where("status = ?", query.status())
                .where("category = ?", query.category())
                .where("urgency = ?", query.urgency())
                .where("creator_id = ?", query.creatorId())
                .search(query.q())
                .near(query.near())
                .page(query.page());
    }
}
