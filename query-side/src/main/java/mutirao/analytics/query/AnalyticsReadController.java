package mutirao.analytics.query;

import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.AUDITOR;
import static mutirao.platform.identity.Role.COORDENADOR;

import mutirao.analytics.api.AnalyticsQuery.ListarContagens;
import mutirao.analytics.api.Contagem;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.ReadsFrom;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/analytics")
@ReadsFrom("analytics")
class AnalyticsReadController {
    private final Queries queries;

    AnalyticsReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping("/eventos")
    Page<Contagem> listar(@RequestParam(required = false) @Nullable String category, PageRequest page) {
        return queries.ask(new ListarContagens(category, page));
    }
}
