package mutirao.usuario.query;

import java.util.Optional;
import mutirao.api.Page;
import mutirao.platform.identity.Actor;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.usuario.api.UsuarioQuery.BuscarUsuario;
import mutirao.usuario.api.UsuarioQuery.ListarUsuarios;
import mutirao.usuario.api.UsuarioResumo;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers what is asked about people.
@Component
class UsuarioQueries {
    private final Listing<UsuarioResumo> usuarios;

    UsuarioQueries(JdbcClient db, Serving serving) {
        usuarios = new Listing<>(db, serving, UsuarioProjection.TABLE)
                .sort("updatedAt", "updated_at", "timestamptz")
                .sort("name", "name", "text")
                .only(UsuarioQueries::known);
    }

    /// Coordination sees everybody; the others, themselves.
    private static String known() {
        var me = Actor.current();
        return me.coordinates() ? Listing.EVERYBODY : "id = '" + me.userId() + "'";
    }

    @QueryHandler
    Optional<UsuarioResumo> handle(BuscarUsuario query) {
        return usuarios.find(query.id().value());
    }

    @QueryHandler
    Page<UsuarioResumo> handle(ListarUsuarios query) {
        return usuarios.select()
                .where("status = ?", query.status())
                .where("jsonb_exists(roles, ?)", query.role())
                .search(query.q())
                .page(query.page());
    }
}
