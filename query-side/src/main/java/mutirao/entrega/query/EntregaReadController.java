package mutirao.entrega.query;

import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaQuery.BuscarCodigo;
import mutirao.entrega.api.EntregaQuery.BuscarEntrega;
import mutirao.entrega.api.EntregaQuery.Codigo;
import mutirao.entrega.api.EntregaQuery.ListarEntregas;
import mutirao.entrega.api.EntregaResumo;
import mutirao.entrega.api.EntregaStatus;
import mutirao.platform.identity.OpenToPeople;
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
@RequestMapping("/api/entregas")
@ReadsFrom({"entrega", "necessidade", "oferta"})
class EntregaReadController {
    private static final String CONCERNED = "coordenação e auditoria veem todas; os outros, as suas";

    private final Queries queries;

    EntregaReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenToReaders(also = CONCERNED)
    @GetMapping
    Page<EntregaResumo> listar(
            @RequestParam(required = false) @Nullable EntregaStatus status,
            @RequestParam(required = false) @Nullable UUID volunteerId,
            @RequestParam(required = false) @Nullable UUID ofertaId,
            @RequestParam(required = false) @Nullable UUID necessidadeId,
            PageRequest page) {
        return queries.ask(new ListarEntregas(status, volunteerId, ofertaId, necessidadeId, page));
    }

    @OpenToReaders(also = CONCERNED)
    @GetMapping("/{id}")
    EntregaResumo buscar(@PathVariable UUID id) {
        return queries.ask(new BuscarEntrega(new EntregaId(id))).orElseThrow(Problem::notFound);
    }

    @OpenToPeople(also = "quem criou a necessidade; senão coordenação")
    @GetMapping("/{id}/codigo")
    Codigo codigo(@PathVariable UUID id) {
        return queries.ask(new BuscarCodigo(new EntregaId(id))).orElseThrow(Problem::notFound);
    }
}
