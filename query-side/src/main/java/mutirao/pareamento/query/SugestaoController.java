package mutirao.pareamento.query;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.necessidade.api.NecessidadeQuery.BuscarNecessidade;
import mutirao.oferta.api.OfertaQuery.ListarOfertasDe;
import mutirao.platform.identity.OpenToCoordination;
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
@RequestMapping("/api/necessidades/{id}/sugestoes")
@ReadsFrom({"necessidade", "oferta"})
class SugestaoController {
    /// How many offers are ranked at the most: the nearest that have one of the items.
    private static final int CANDIDATES = 1000;

    private final Queries queries;
    private final Clock clock;

    SugestaoController(Queries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @OpenToCoordination
    @GetMapping
    @Operation(
            summary = "Offers that fit a need, best first, with the score explained",
            description = "A ranking has one page: next is null, cursor and sort are refused.")
    Page<Sugestao> listar(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable Double radiusKm, PageRequest page) {
        if (page.cursor() != null || page.sort() != null) {
            throw Problem.invalid(
                    page.cursor() == null ? "sort" : "cursor", "esta lista tem uma ordem e uma página só");
        }
        var parameters = parameters(radiusKm);
        var now = clock.instant();
        var need = queries.ask(new BuscarNecessidade(new NecessidadeId(id)))
                .map(found -> Falta.de(found, Map.of()))
                .orElseThrow(Problem::notFound);
        if (!need.aberta(now)) {
            return new Page<>(List.of(), null);
        }
        return new Page<>(
                queries.ask(candidates(need, now, parameters)).items().stream()
                        .flatMap(offer -> Par.of(need, Sobra.de(offer, Map.of()), parameters, now).stream())
                        .sorted(Par.BEST_FIRST)
                        .limit(page.limit())
                        .map(pair -> Sugestao.of(pair, parameters, now))
                        .toList(),
                null);
    }

    private static Parametros parameters(@Nullable Double radiusKm) {
        if (radiusKm == null) {
            return Parametros.PADRAO;
        }
        if (!(radiusKm > 0 && radiusKm <= Parametros.LARGEST_RADIUS_KM)) {
            throw Problem.invalid("radiusKm", "acima de 0 até 20040");
        }
        return new Parametros(radiusKm, Parametros.Pesos.PADRAO);
    }

    private static ListarOfertasDe candidates(Falta need, Instant now, Parametros parameters) {
        var latitude = need.location().latitude();
        var longitude = need.location().longitude();
        return new ListarOfertasDe(
                need.items().stream().map(Resto::item).collect(Collectors.toSet()),
                now,
                latitude == null || longitude == null ? null : new Perto(latitude, longitude, parameters.radiusKm()),
                CANDIDATES);
    }
}
