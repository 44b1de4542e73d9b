package mutirao.oferta.query;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import mutirao.api.Page;
import mutirao.entrega.api.EntregaStatus;
import mutirao.oferta.api.OfertaQuery.BuscarOferta;
import mutirao.oferta.api.OfertaQuery.ListarOfertas;
import mutirao.oferta.api.OfertaQuery.ListarOfertasDe;
import mutirao.oferta.api.OfertaQuery.ListarReservas;
import mutirao.oferta.api.OfertaResumo;
import mutirao.oferta.api.OfertaResumo.Reserva;
import mutirao.oferta.api.ReservasAtivas;
import mutirao.oferta.query.OfertaReservaProjection.Registro;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.platform.query.Search;
import mutirao.platform.query.Veil;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about offers.
@Component
class OfertaQueries {
    private final Listing<OfertaResumo> offers;

    private final Rows<OfertaResumo> rows = new Rows<>(OfertaProjection.TABLE);
    private final Rows<Registro> holds = new Rows<>(OfertaReservaProjection.TABLE);
    private final JdbcClient db;
    private final Serving serving;
    private final Veil<OfertaResumo> veil;

    OfertaQueries(JdbcClient db, Serving serving) {
        this.db = db;
        this.serving = serving;
        veil = new Veil<>(() -> whole(serving), OfertaResumo::resguardada);
        offers = new Listing<>(db, serving, OfertaProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .sort("availableUntil", "available_until", "timestamptz")
                .veiled(veil);
    }

    /// Coordination and auditors need every place; the others need those of their own offers, and of those from which
    /// they have accepted to carry something (ADR 0032).
    private static String whole(Serving serving) {
        var me = Actor.current();
        return me.coordinates() || me.is(Role.AUDITOR)
                ? Listing.EVERYBODY
                : "provider_id = '" + me.userId() + "' or id in (select oferta_id from " + serving.from("entrega")
                        + " where volunteer_id = '" + me.userId() + "' and status in ("
                        + Veil.names(EntregaStatus.assumidas()) + "))";
    }

    @QueryHandler
    Optional<OfertaResumo> handle(BuscarOferta query) {
        return offers.find(query.id().value());
    }

    @QueryHandler
    ReservasAtivas handle(ListarReservas query) {
        var of = " from " + serving.from(OfertaReservaProjection.TABLE) + " where oferta_id = ?";
        var id = query.id().value();
        return new ReservasAtivas(
                db.sql("select count(*)" + of).param(id).query(Long.class).single(),
                db.sql("select " + holds.columns() + of + " order by expires_at, id limit ?")
                        .params(id, query.limit())
                        .query((row, _) -> reserva(holds.read(row)))
                        .list());
    }

    private static Reserva reserva(Registro row) {
        return new Reserva(row.reservaId(), row.volunteerId(), row.items(), row.expiresAt(), row.entregaId());
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

    @QueryHandler
    Page<OfertaResumo> handle(ListarOfertasDe query) {
        var keys = query.items().stream().map(Search::plain).toArray(String[]::new);
        var now = OffsetDateTime.ofInstant(query.availableAt(), ZoneOffset.UTC);
        var whole = veil.whole();
        var open = "select " + rows.columns() + ", " + whole + " as whole, " + veil.latitude(whole) + " as latitude, "
                + veil.longitude(whole) + " as longitude from " + serving.from(OfertaProjection.TABLE)
                + " where string_to_array(item_keys, E'\\n') && ?::text[]"
                + " and status = 'PUBLICADA' and available_until > ?";
        var near = query.near();
        var select = near == null
                ? db.sql(open + " order by available_until, id limit ?")
                        .param(keys)
                        .param(now)
                : db.sql("select * from (select *, " + Listing.distanceKm("latitude", "longitude") + " as km from ("
                                + open
                                + ") as open_ones) as measured where latitude is null or km <= ?"
                                + " order by km, available_until, id limit ?")
                        .params(near.latitude(), near.latitude(), near.longitude())
                        .param(keys)
                        .param(now)
                        .param(near.radiusKm());
        return new Page<>(
                select.param(query.limit())
                        .query((row, _) -> row.getBoolean("whole") ? rows.read(row) : veil.outline(rows.read(row)))
                        .list(),
                null);
    }
}
