package mutirao.pareamento.query;

import static java.util.Objects.requireNonNullElse;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mutirao.platform.eventstore.Position;
import mutirao.platform.identity.OpenToCoordination;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/simulacoes")
class SimulacaoController {
    private static final Logger LOG = LoggerFactory.getLogger(SimulacaoController.class);
    private static final String NDJSON = "application/x-ndjson";

    /// How long a caller who cannot be told of progress is kept waiting.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Simulacoes simulacoes;
    private final JsonMapper json;

    SimulacaoController(Simulacoes simulacoes, JsonMapper json) {
        this.simulacoes = simulacoes;
        this.json = json;
    }

    /// What if.
    ///
    /// @param rule       `matching`, the only one yet
    /// @param parameters null, or null in it, for the defaults
    /// @param from       inclusive, before `to`
    /// @param to         exclusive
    record Pedido(
            @NotNull @Pattern(regexp = "matching", message = "deve ser matching")
            String rule,

            @Valid @Nullable Ajuste parameters,
            @NotNull Instant from,
            @NotNull Instant to) {}

    /// @param radiusKm above 0, kilometres
    record Ajuste(
            @Positive @DecimalMax("20040") @Nullable Double radiusKm,
            @Valid @Nullable Pesos weights) {
        Parametros parameters() {
            return new Parametros(
                    requireNonNullElse(radiusKm, Parametros.RADIUS_KM),
                    weights == null ? Parametros.Pesos.PADRAO : weights.complete());
        }
    }

    /// How much each term counts beside the others.
    record Pesos(
            @DecimalMin("0") @DecimalMax("100") @Nullable Double distance,
            @DecimalMin("0") @DecimalMax("100") @Nullable Double urgency,
            @DecimalMin("0") @DecimalMax("100") @Nullable Double expiry,
            @DecimalMin("0") @DecimalMax("100") @Nullable Double due,
            @DecimalMin("0") @DecimalMax("100") @Nullable Double coverage) {
        Parametros.Pesos complete() {
            var defaults = Parametros.Pesos.PADRAO;
            var complete = new Parametros.Pesos(
                    requireNonNullElse(distance, defaults.distance()),
                    requireNonNullElse(urgency, defaults.urgency()),
                    requireNonNullElse(expiry, defaults.expiry()),
                    requireNonNullElse(due, defaults.due()),
                    requireNonNullElse(coverage, defaults.coverage()));
            if (!(complete.sum() > 0)) {
                throw Problem.invalid("parameters.weights", "algum peso deve ser maior que 0");
            }
            return complete;
        }
    }

    /// Answers on the request's own (virtual) thread. As NDJSON a line a second says how far it is, and a client that
    /// goes away ends it.
    @OpenToCoordination
    @PostMapping(produces = {MediaType.APPLICATION_JSON_VALUE, NDJSON})
    @Operation(
            summary = "What a rule would have made of a past period; changes nothing",
            description = "As application/x-ndjson: lines {\"progress\": {position, upTo}}, and last {\"result\": …} or"
                    + " {\"error\": {code, detail}}. As application/json for at most 60 s.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(schema = @Schema(implementation = Comparacao.class))))
    @Nullable
    Comparacao simular(
            @Valid @RequestBody Pedido asked,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable
                    String accept,
            HttpServletResponse response) {
        if (!asked.from.isBefore(asked.to)) {
            throw Problem.invalid("to", "deve ser depois de from");
        }
        var parameters = asked.parameters == null ? Parametros.PADRAO : asked.parameters.parameters();
        try {
            if (accept != null && accept.contains(NDJSON)) {
                stream(parameters, asked, response);
                return null;
            }
            var begin = System.nanoTime();
            return simulacoes.run(parameters, asked.from, asked.to, (_, _) -> requireInTime(begin));
        } catch (Problem problem) {
            if (problem.status() == HttpStatus.TOO_MANY_REQUESTS) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            }
            throw problem;
        }
    }

    private static void requireInTime(long begin) {
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "SIMULACAO_LONGA",
                    "passou de " + LONGEST.toSeconds() + " s; com Accept: " + NDJSON + " não há limite",
                    List.of());
        }
    }

    private void stream(Parametros parameters, Pedido asked, HttpServletResponse response) {
        var out = new Lines(response);
        try {
            out.write("result", simulacoes.run(parameters, asked.from, asked.to, out::progress));
        } catch (UncheckedIOException e) {
            LOG.info("a simulation was abandoned by its client", e);
        } catch (RuntimeException fault) { // whatever it is, a client that has got lines is told on a line
            if (!response.isCommitted()) {
                throw fault; // still a problem with a status
            }
            out.fail(fault);
        }
    }

    /// How far the record has been read.
    private record Progress(Position position, Position upTo) {}

    /// Lines on their way to the client.
    private final class Lines {
        private static final long SECOND = 1_000_000_000L;

        private final HttpServletResponse response;
        private long last = System.nanoTime() - SECOND;

        Lines(HttpServletResponse response) {
            this.response = response;
        }

        void progress(long position, long upTo) {
            if (System.nanoTime() - last >= SECOND) {
                write("progress", new Progress(new Position(position), new Position(upTo)));
                last = System.nanoTime();
            }
        }

        void write(String name, Object value) {
            try {
                response.setContentType(NDJSON);
                var out = response.getOutputStream();
                out.write(json.writeValueAsBytes(Map.of(name, value)));
                out.write('\n');
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void fail(RuntimeException fault) {
            if (fault instanceof Problem problem) {
                write("error", Map.of("code", problem.code(), "detail", String.valueOf(problem.getMessage())));
            } else {
                LOG.error("a simulation", fault);
                write("error", Map.of("code", "INTERNAL", "detail", "algo falhou deste lado"));
            }
        }
    }
}
