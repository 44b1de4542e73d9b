package mutirao.organizacao.query;

import static mutirao.platform.identity.Role.OPERADOR;

import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.organizacao.api.OrganizacaoQuery.ListarOrganizacoes;
import mutirao.organizacao.api.OrganizacaoResumo;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.ReadsFrom;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/organizacoes")
@ReadsFrom("organizacao")
class OrganizacaoReadController {
    private final Queries queries;

    OrganizacaoReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenTo(OPERADOR)
    @GetMapping
    Page<OrganizacaoResumo> listar(PageRequest page) {
        return queries.ask(new ListarOrganizacoes(page));
    }
}
