package mutirao.usuario.query;

import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.identity.OpenToCoordination;
import mutirao.platform.identity.OpenToReaders;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.ReadsFrom;
import mutirao.usuario.api.Papel;
import mutirao.usuario.api.UsuarioId;
import mutirao.usuario.api.UsuarioQuery.BuscarUsuario;
import mutirao.usuario.api.UsuarioQuery.ListarUsuarios;
import mutirao.usuario.api.UsuarioResumo;
import mutirao.usuario.api.UsuarioStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/usuarios")
@ReadsFrom("usuario")
class UsuarioReadController {
    private final Queries queries;

    UsuarioReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenToCoordination
    @GetMapping
    Page<UsuarioResumo> listar(
            @RequestParam(required = false) @Nullable UsuarioStatus status,
            @RequestParam(required = false) @Nullable Papel role,
            @RequestParam(required = false) @Nullable String q,
            PageRequest page) {
        return queries.ask(new ListarUsuarios(status, role, q, page));
    }

    @OpenToReaders(also = "a si mesmo; os outros só coordenação")
    @GetMapping("/{id}")
    UsuarioResumo buscar(@PathVariable UUID id) {
        return queries.ask(new BuscarUsuario(new UsuarioId(id))).orElseThrow(Problem::notFound);
    }
}
