package mutirao.entrega.query;

import java.util.Optional;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaQuery.BuscarCodigo;
import mutirao.entrega.api.EntregaQuery.BuscarEntrega;
import mutirao.entrega.api.EntregaQuery.Codigo;
import mutirao.entrega.api.EntregaQuery.ListarEntregas;
import mutirao.entrega.api.EntregaResumo;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.platform.query.Veil;
import mutirao.platform.rest.Problem;
import mutirao.platform.secret.ServerSecret;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about deliveries.
@Component
class EntregaQueries {
    private final JdbcClient db;
    private final Serving serving;
    private final CodigoDeConfirmacao code;
    private final Listing<EntregaResumo> deliveries;

    EntregaQueries(JdbcClient db, Serving serving, ServerSecret confirmationSecret) {
        this.db = db;
        this.serving = serving;
        this.code = new CodigoDeConfirmacao(confirmationSecret::mac);
        deliveries = new Listing<>(db, serving, EntregaProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .only(() -> concerned(serving))
                .veiled(new Veil<>(() -> follows(serving), EntregaResumo::semPosicao));
    }

    /// Coordination and auditors see every delivery; the others see those that they carry, that are for their need or
    /// from their offer. As a set of ids, which three indexes give, not as a condition to try on every row.
    private static String concerned(Serving serving) {
        var me = Actor.current();
        return me.coordinates() || me.is(Role.AUDITOR)
                ? Listing.EVERYBODY
                : "id in (select id from " + serving.from(EntregaProjection.TABLE)
                        + " where volunteer_id = '" + me.userId()
                        + "' union all select entrega.id from " + serving.from("necessidade") + " join "
                        + serving.from(EntregaProjection.TABLE)
                        + " on entrega.necessidade_id = necessidade.id where necessidade.creator_id = '" + me.userId()
                        + "' union all select entrega.id from " + serving.from("oferta") + " join "
                        + serving.from(EntregaProjection.TABLE)
                        + " on entrega.oferta_id = oferta.id where oferta.provider_id = '" + me.userId() + "')";
    }

    /// Where the volunteer is concerns them, whoever waits for them, and coordination.
    private static String follows(Serving serving) {
        var me = Actor.current();
        return me.coordinates()
                ? Listing.EVERYBODY
                : "volunteer_id = '" + me.userId() + "' or necessidade_id in (select id from "
                        + serving.from("necessidade") + " where creator_id = '" + me.userId() + "')";
    }

    @QueryHandler
    Optional<EntregaResumo> handle(BuscarEntrega query) {
        return deliveries.find(query.id().value());
    }

    @QueryHandler
    Optional<Codigo> handle(BuscarCodigo query) {
        return deliveries.find(query.id().value()).map(this::code);
    }

    private Codigo code(EntregaResumo entrega) {
        Actor.current().requireCoordinationOr(receiver(entrega));
        if (!entrega.status().cargaComVoluntario()) {
            throw Problem.conflict("ENTREGA_NAO_INICIADA", "o código existe enquanto a carga está com o voluntário");
        }
        return new Codigo(code.of(new EntregaId(entrega.id()), entrega.codeCounter()));
    }

    /// Whoever asked for the goods.
    private UUID receiver(EntregaResumo entrega) {
        return db.sql("select creator_id from " + serving.from("necessidade") + " where id = ?")
                .param(entrega.necessidadeId())
                .query(UUID.class)
                .optional()
                .orElseThrow(Problem::notFound);
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
