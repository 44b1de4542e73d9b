package mutirao.oferta.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.oferta.api.OfertaId;
import mutirao.oferta.api.OfertaQuery.BuscarOferta;
import mutirao.oferta.api.OfertaQuery.ListarOfertas;
import mutirao.oferta.api.OfertaQuery.ListarReservas;
import mutirao.oferta.api.OfertaResumo;
import mutirao.oferta.api.OfertaResumo.Reserva;
import mutirao.oferta.api.OfertaStatus;
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
@RequestMapping("/api/ofertas")
@ReadsFrom({"oferta", "oferta_reserva", "entrega"})
class OfertaReadController {
    private static final String VEILED = "o lugar exato só a quem precisa dele";

    /// So many holds an offer is shown with.
    private static final int RESERVAS = 200;

    private final Queries queries;

    OfertaReadController(Queries queries) {
        this.queries = queries;
    }

    @OpenToReaders(also = VEILED)
    @GetMapping
    Page<OfertaResumo> listar(
            @RequestParam(required = false) @Nullable OfertaStatus status,
            @RequestParam(required = false) @Nullable Categoria category,
            @RequestParam(required = false) @Nullable UUID providerId,
            @RequestParam(required = false) @Nullable Instant availableAt,
            @RequestParam(required = false) @Nullable String q,
            @Nullable Perto near,
            PageRequest page) {
        return queries.ask(new ListarOfertas(status, category, providerId, availableAt, q, near, page));
    }

    /// An offer with the holds that are on.
    ///
    /// @param reservas      the first of them, those that lapse soonest before the others
    /// @param reservasTotal how many there are
    record OfertaComReservas(@JsonUnwrapped OfertaResumo oferta, List<Reserva> reservas, long reservasTotal) {}

    @OpenToReaders(also = VEILED)
    @GetMapping("/{id}")
    @Operation(
            summary = "An offer with the holds that are on",
            description = "At most 200 of them, those that lapse soonest first; reservasTotal says how many there are.")
    OfertaComReservas buscar(@PathVariable UUID id) {
        var oferta = queries.ask(new BuscarOferta(new OfertaId(id))).orElseThrow(Problem::notFound);
        var reservas = queries.ask(new ListarReservas(new OfertaId(id), RESERVAS));
        return new OfertaComReservas(oferta, reservas.primeiras(), reservas.total());
    }
}
