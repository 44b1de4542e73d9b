package mutirao.importacao.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import mutirao.importacao.command.LineReader.Text;
import mutirao.importacao.command.LineReader.Unreadable;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.OpenToCoordination;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Answers on the request's own (virtual) thread: there is no asynchronous time limit to run into, and whatever is
/// wrong with the whole file is still a problem with a status, because nothing has been written by then.
@RestController
@RequestMapping("/api/importacoes")
class ImportacaoController {
    private static final Logger LOG = LoggerFactory.getLogger(ImportacaoController.class);
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String SOS_RS = "sos-rs";
    private static final String DIALECT = "X-Mutirao-Csv";

    private final Importacao importacao;
    private final LineBinder binder;
    private final JsonMapper json;
    private final Clock clock;

    ImportacaoController(Importacao importacao, LineBinder binder, JsonMapper json, Clock clock) {
        this.importacao = importacao;
        this.binder = binder;
        this.json = json;
        this.clock = clock;
    }

    @OpenToCoordination
    @PostMapping(
            path = "/necessidades",
            consumes = {NDJSON, CSV})
    @Operation(
            summary = "Stores many needs, each line on its own; the same file again changes nothing",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "a line has the fields of POST /api/necessidades and externalId",
                            content = {
                                @Content(mediaType = NDJSON, schema = @Schema(type = "string")),
                                @Content(mediaType = CSV, schema = @Schema(type = "string"))
                            }),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "one line per line of the file, as they are done",
                            headers =
                                    @Header(
                                            name = DIALECT,
                                            description = "of CSV: what it was read as, "
                                                    + "`separator=comma|semicolon|tab; charset=UTF-8|windows-1252`",
                                            schema = @Schema(type = "string")),
                            content =
                                    @Content(mediaType = NDJSON, schema = @Schema(implementation = LineResult.class))))
    void importar(
            @Parameter(schema = @Schema(allowableValues = SOS_RS)) @RequestParam(required = false) @Nullable
                    String format,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable
                    String encoding,
            InputStream body,
            Sender sender,
            HttpServletResponse response)
            throws IOException {
        requireKnown(format, type, encoding);
        var one = sender.withoutKey();
        var needs = new NecessidadeFormat(binder, one);
        try (var spool = Spool.of(body)) {
            if (isCsv(type)) {
                answerCsv(spool, type.getCharset(), needs, one, response);
            } else {
                var shape = SOS_RS.equals(format) ? new SosRsFormat(binder, one, clock.instant()) : needs;
                answer(new LineReader(spool.read()), shape, one, response);
            }
        }
    }

    private static boolean isCsv(MediaType type) {
        return type.getSubtype().equals("csv");
    }

    private void answerCsv(
            Spool spool,
            @Nullable Charset declared,
            NecessidadeFormat needs,
            Sender sender,
            HttpServletResponse response)
            throws IOException {
        var charset = declared == null
                ? CsvDialect.charsetOf(spool.read())
                : CsvDialect.declared(declared).orElseThrow();
        var lines = new LineReader(spool.read(), charset);
        var first = header(lines);
        var told = CsvDialect.told(first);
        var header = told.isPresent() ? header(lines) : first;
        var dialect = new CsvDialect(told.orElseGet(() -> CsvDialect.separatorOf(header)), charset);
        response.setHeader(DIALECT, dialect.toString());
        answer(lines, new CsvFormat(binder, needs, header, dialect.separator()), sender, response);
    }

    private static void requireKnown(@Nullable String format, MediaType type, @Nullable String encoding) {
        if (format != null && !format.equals(SOS_RS)) {
            throw Problem.invalid("format", "deve ser " + SOS_RS + ", ou faltar");
        }
        var charset = type.getCharset();
        if (charset != null && isCsv(type) && CsvDialect.declared(charset).isEmpty()) {
            throw unsupported("o arquivo deve ser UTF-8 ou windows-1252");
        }
        if (charset != null && !isCsv(type) && !charset.equals(StandardCharsets.UTF_8)) {
            throw unsupported("o arquivo deve ser UTF-8");
        }
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("o arquivo não pode vir comprimido");
        }
        if (format != null && isCsv(type)) {
            throw unsupported("o formato " + format + " é NDJSON");
        }
    }

    private static Problem unsupported(String reason) {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", reason, List.of());
    }

    private static String header(LineReader lines) {
        return switch (lines.next().orElse(new Text(1, ""))) {
            case Text header -> header.text();
            case Unreadable header ->
                throw new Problem(HttpStatus.BAD_REQUEST, header.code(), "cabeçalho: " + header.reason(), List.of());
        };
    }

    private void answer(LineReader lines, LineFormat shape, Sender sender, HttpServletResponse response) {
        response.setContentType(NDJSON);
        try {
            var out = response.getOutputStream();
            importacao.run(lines, shape, sender, result -> write(out, result));
        } catch (IOException e) {
            LOG.info("an import was abandoned by its client", e);
        }
    }

    /// Each line leaves at once: it is the sender's progress, and how it is noticed that nobody listens.
    private void write(OutputStream out, LineResult result) throws IOException {
        out.write(json.writeValueAsBytes(result));
        out.write('\n');
        out.flush();
    }
}
