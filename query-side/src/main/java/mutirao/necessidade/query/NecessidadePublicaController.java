package mutirao.necessidade.query;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.HexFormat;
import mutirao.api.Categoria;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.necessidade.api.NecessidadePublica;
import mutirao.necessidade.api.NecessidadeQuery.ListarNecessidadesPublicas;
import mutirao.necessidade.api.Urgencia;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.query.Queries;
import mutirao.platform.rest.ReadsFrom;
import mutirao.platform.secret.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/publico/necessidades")
@ReadsFrom("necessidade_publica")
class NecessidadePublicaController {
    /// How long an answer may be given again by whoever has it.
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Queries queries;
    private final JsonMapper json;

    NecessidadePublicaController(Queries queries, JsonMapper json) {
        this.queries = queries;
        this.json = json;
    }

    @OpenTo(withoutToken = true)
    @GetMapping
    @Operation(
            summary = "Public needs that have not ended, of all organizations, newest first; without login",
            description = "Places are rounded to 0.01 degrees. Answers may be kept for 30 s and asked for by ETag.")
    ResponseEntity<Page<NecessidadePublica>> listar(
            @RequestParam(required = false) @Nullable Categoria category,
            @RequestParam(required = false) @Nullable Urgencia urgency,
            @Nullable Perto near,
            PageRequest page) {
        var found = queries.ask(new ListarNecessidadesPublicas(category, urgency, near, page));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .eTag("\"" + HexFormat.of().formatHex(Sha256.of(json.writeValueAsBytes(found))) + "\"")
                .body(found);
    }
}
