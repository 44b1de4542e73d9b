package mutirao.auditoria.query;

import static java.util.stream.Collectors.toMap;
import static mutirao.platform.identity.Role.ADMIN;
import static mutirao.platform.identity.Role.AUDITOR;
import static mutirao.platform.identity.Role.COORDENADOR;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.auditoria.query.AuditoriaQueries.Entrada;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.rest.Cursor;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.ReadsFrom;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/auditoria")
@ReadsFrom({"auditoria", "auditoria_trecho", "auditoria_visao"})
class AuditoriaController {
    private static final String NEWEST = "-position";
    private static final int EXPORT_PAGE = 1000;
    private static final int LARGEST_TREE = 10_000;

    private final AuditoriaQueries queries;
    private final Historia historia;
    private final EventLog log;
    private final JsonMapper json;

    AuditoriaController(AuditoriaQueries queries, Historia historia, EventLog log, JsonMapper json) {
        this.queries = queries;
        this.historia = historia;
        this.log = log;
        this.json = json;
    }

    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping
    @Operation(
            summary = "Events, newest first; as application/x-ndjson or text/csv all of the selection in one file",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = {
                                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE),
                                @Content(
                                        mediaType = Exportacao.NDJSON,
                                        schema = @Schema(implementation = Evento.class)),
                                @Content(mediaType = Exportacao.CSV, schema = @Schema(type = "string"))
                            }))
    Page<Evento> listar(@ParameterObject @ModelAttribute AuditoriaFilter filter, PageRequest page) {
        var found = queries.newest(queries.range(filter), before(filter, page), page.limit() + 1);
        var shown = found.subList(0, Math.min(found.size(), page.limit()));
        return new Page<>(
                events(shown),
                found.size() > shown.size() ? Cursor.at(NEWEST, shown.getLast().position()) : null);
    }

    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping(produces = Exportacao.NDJSON)
    @Operation(hidden = true) // stands with the list
    void ndjson(
            @ParameterObject @ModelAttribute AuditoriaFilter filter, PageRequest page, HttpServletResponse response) {
        export(Exportacao.ndjson(json), filter, page, response);
    }

    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping(produces = Exportacao.CSV)
    @Operation(hidden = true) // stands with the list
    void csv(@ParameterObject @ModelAttribute AuditoriaFilter filter, PageRequest page, HttpServletResponse response) {
        export(Exportacao.csv(), filter, page, response);
    }

    private void export(Exportacao export, AuditoriaFilter filter, PageRequest page, HttpServletResponse response) {
        var range = queries.range(filter);
        export.write(before(filter, page), before -> events(queries.newest(range, before, EXPORT_PAGE)), response);
    }

    /// The history of one aggregate, oldest first, with what each event changed.
    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping("/{aggregateType}/{aggregateId}")
    @Operation(summary = "One aggregate's events, oldest first, and what each changed in its view")
    Page<EventoComMudancas> historia(
            @PathVariable String aggregateType,
            @PathVariable UUID aggregateId,
            @RequestParam(required = false) @Nullable Instant at,
            @RequestParam(required = false) @Nullable Instant occurredAt,
            PageRequest page) {
        return historia.pagina(aggregateType, aggregateId, page, at, occurredAt);
    }

    /// The view of one aggregate as it was.
    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping("/{aggregateType}/{aggregateId}/estado")
    @Operation(
            summary = "One aggregate's view as it was after an event (version), as it was known (at), as it was"
                    + " (occurredAt), or as was known then of how it had been before (both)",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "as GET of the aggregate itself answers",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(type = "object"))))
    Record estado(
            @PathVariable String aggregateType,
            @PathVariable UUID aggregateId,
            @RequestParam(required = false) @Nullable Long version,
            @RequestParam(required = false) @Nullable Instant at,
            @RequestParam(required = false) @Nullable Instant occurredAt) {
        return historia.estado(aggregateType, aggregateId, new Momento(version, at, occurredAt));
    }

    @OpenTo({ADMIN, COORDENADOR, AUDITOR})
    @GetMapping("/correlacao/{correlationId}")
    @Operation(summary = "What one request caused, as a tree of commands and events")
    Correlacao correlacao(@PathVariable String correlationId) {
        var found = queries.caused(correlationId, LARGEST_TREE + 1);
        if (found.isEmpty()) {
            throw Problem.notFound();
        }
        var shown = found.stream().limit(LARGEST_TREE).map(Entrada::row).toList();
        return Correlacao.of(correlationId, shown, found.size() > shown.size());
    }

    private List<Evento> events(List<Entrada> entries) {
        var payloads = log.at(entries.stream().map(Entrada::position).toList()).stream()
                .collect(toMap(event -> event.meta().position(), RecordedEvent::json, (first, _) -> first));
        return entries.stream()
                .map(entry -> Evento.of(entry, payloads.get(entry.position())))
                .toList();
    }

    private static long before(AuditoriaFilter filter, PageRequest page) {
        var cursor = Cursor.of(page.cursor(), NEWEST);
        var last = cursor == null ? Long.MAX_VALUE : cursor.place();
        return filter.before() == null ? last : Math.min(filter.before().index(), last);
    }
}
