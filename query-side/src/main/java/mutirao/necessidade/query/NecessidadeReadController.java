package mutirao.necessidade.query;

import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadeQuery.BuscarNecessidade;
import mutirao.necessidade.api.NecessidadeQuery.ListarNecessidades;
import mutirao.necessidade.api.NecessidadeResumo;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.identity.OpenToReaders;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.ReadsFrom;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/necessidades")
@ReadsFrom({"necessidade", "entrega"})
class NecessidadeReadController {
    private static final String VEILED = "o lugar exato só a quem precisa dele";

    private final Queries queries;

    NecessidadeReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenToReaders(also = VEILED)
    @GetMapping
    Page<NecessidadeResumo> listar(
            @RequestParam(required = false) @Nullable NecessidadeStatus status,
            @RequestParam(required = false) @Nullable Categoria category,
            @RequestParam(required = false) @Nullable Urgencia urgency,
            @RequestParam(required = false) @Nullable UUID creatorId,
            @RequestParam(required = false) @Nullable String q,
            @Nullable Perto near,
            PageRequest page) {
        return queries.ask(new ListarNecessidades(status, category, urgency, creatorId, q, near, page));
    }

    @OpenToReaders(also = VEILED)
    @GetMapping("/{id}")
    NecessidadeResumo buscar(@PathVariable UUID id) {
        return queries.ask(new BuscarNecessidade(new NecessidadeId(id))).orElseThrow(Problem::notFound);
    }
}
