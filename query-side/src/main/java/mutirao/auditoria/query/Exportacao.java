package mutirao.auditoria.query;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Writes a selection as a file, a page at a time, on the request's own thread: as fast as the client takes it, without
/// a transaction or a cursor that stays open meanwhile.
final class Exportacao {
    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    private static final Logger LOG = LoggerFactory.getLogger(Exportacao.class);
    private static final String[] HEADER = {
        "position",
        "eventId",
        "type",
        "revision",
        "aggregateType",
        "aggregateId",
        "version",
        "timestamp",
        "occurredAt",
        "userId",
        "organizationId",
        "correlationId",
        "causationId",
        "source",
        "payload"
    };

    private final Shape shape;

    private Exportacao(Shape shape) {
        this.shape = shape;
    }

    /// What lines look like.
    private interface Shape {
        String type();

        String file();

        void begin(Writer out) throws IOException;

        void line(Evento event, Writer out) throws IOException;
    }

    /// One JSON object a line.
    static Exportacao ndjson(JsonMapper json) {
        return new Exportacao(new Shape() {
            @Override
            public String type() {
                return NDJSON;
            }

            @Override
            public String file() {
                return "auditoria.ndjson";
            }

            @Override
            public void begin(Writer out) {}

            @Override
            public void line(Evento event, Writer out) throws IOException {
                out.write(json.writeValueAsString(event));
                out.write('\n');
            }
        });
    }

    /// RFC 4180 with a header.
    static Exportacao csv() {
        return new Exportacao(new Shape() {
            @Override
            public String type() {
                return CSV + ";charset=UTF-8";
            }

            @Override
            public String file() {
                return "auditoria.csv";
            }

            @Override
            public void begin(Writer out) throws IOException {
                CSVFormat.RFC4180.printRecord(out, (Object[]) HEADER);
            }

            @Override
            public void line(Evento event, Writer out) throws IOException {
                CSVFormat.RFC4180.printRecord(
                        out, cells(event).map(Exportacao::harmless).toArray());
            }
        });
    }

    private static Stream<@Nullable Object> cells(Evento event) {
        var row = event.row();
        return Stream.of(
                event.position(),
                row.eventId(),
                row.type(),
                row.revision(),
                row.aggregateType(),
                row.aggregateId(),
                row.version(),
                row.timestamp(),
                row.occurredAt(),
                row.userId(),
                event.organizationId(),
                row.correlationId(),
                row.causationId(),
                row.source(),
                event.payload());
    }

    /// A cell that a spreadsheet does not take for a formula: text that begins like one gets an apostrophe before it.
    static @Nullable Object harmless(@Nullable Object cell) {
        return cell instanceof String text && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : cell;
    }

    /// Writes everything below a position, newest first.
    ///
    /// @param pages the events below a position, newest first; empty at the end
    /// @throws IllegalStateException when a page fails after the answer has begun
    void write(long before, LongFunction<List<Evento>> pages, HttpServletResponse response) {
        // What is wrong with the request is a problem with a status as long as nothing has been written.
        var page = pages.apply(before);
        response.setContentType(shape.type());
        response.setHeader("Content-Disposition", "attachment; filename=\"" + shape.file() + "\"");
        try {
            var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
            shape.begin(out);
            while (!page.isEmpty()) {
                for (var event : page) {
                    shape.line(event, out);
                }
                out.flush();
                page = pages.apply(page.getLast().position().index());
            }
            out.flush();
        } catch (IOException e) {
            LOG.info("an export was abandoned by its client", e);
        } catch (RuntimeException e) {
            // Whatever it is, past the controllers' advice: the container closes the connection without the ending
            // that would make the file look whole.
            throw new IllegalStateException("an export broke off", e);
        }
    }
}
