package mutirao.importacao.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.importacao.command.CsvDialect.Separator;
import mutirao.necessidade.api.NecessidadeCommand.CriarNecessidade;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.Problem.FieldError;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/// A line of CSV (RFC 4180, or with another separator) is a need like a line of NDJSON, in columns that the header
/// names. A line is a record: a stray quote then spoils its own line and not the rest of the file.
final class CsvFormat implements LineFormat {
    private static final String METADATA = "metadata.";
    private static final Set<String> REQUIRED = Set.of("externalId", "category", "urgency", "locationName", "items");
    private static final Set<String> OPTIONAL = Set.of("neededUntil", "latitude", "longitude");
    /// What a line's errors call a field, and the column it stands in.
    private static final Map<String, String> COLUMNS = Map.of(
            "location", "locationName",
            "location.name", "locationName",
            "location.latitude", "latitude",
            "location.longitude", "longitude");

    private final Separator separator;
    private final LineBinder binder;
    private final NecessidadeFormat needs;
    private final List<String> columns;

    /// @param header the line that names the columns
    /// @throws Problem when it names a column twice, an unknown one, or not all that are required
    CsvFormat(LineBinder binder, NecessidadeFormat needs, String header, Separator separator) {
        this.separator = separator;
        this.binder = binder;
        this.needs = needs;
        this.columns = record(header, separator).stream().map(String::strip).toList();
        requireKnown(columns);
    }

    private static void requireKnown(List<String> columns) {
        var seen = new HashSet<String>();
        var errors = Stream.concat(
                        columns.stream()
                                .filter(column -> !known(column) || !seen.add(column))
                                .map(column -> new FieldError(
                                        column, known(column) ? "coluna repetida" : "coluna desconhecida")),
                        REQUIRED.stream()
                                .sorted()
                                .filter(column -> !columns.contains(column))
                                .map(column -> new FieldError(column, "falta esta coluna no cabeçalho")))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /// How many columns a header names that there are, if it is written with a separator.
    static long known(String header, Separator separator) {
        try {
            return record(header, separator).stream()
                    .map(String::strip)
                    .filter(CsvFormat::known)
                    .count();
        } catch (Problem _) {
            return 0;
        }
    }

    private static boolean known(String column) {
        return REQUIRED.contains(column)
                || OPTIONAL.contains(column)
                || (column.startsWith(METADATA) && column.length() > METADATA.length());
    }

    @Override
    public List<CriarNecessidade> commands(String line) {
        var cells = record(line, separator);
        if (cells.stream().allMatch(String::isBlank)) {
            return List.of(); // a row that a spreadsheet keeps though nobody has written in it
        }
        if (cells.size() != columns.size()) {
            throw malformed("a linha tem " + cells.size() + " colunas, e o cabeçalho " + columns.size());
        }
        try {
            return List.of(needs.need(object(cells)));
        } catch (Problem refused) {
            throw refused.errors().isEmpty() ? refused : Problem.invalid(inColumns(refused.errors()));
        }
    }

    private static List<FieldError> inColumns(List<FieldError> errors) {
        return errors.stream()
                .map(error -> new FieldError(COLUMNS.getOrDefault(error.field(), error.field()), error.message()))
                .toList();
    }

    private ObjectNode object(CSVRecord cells) {
        var object = binder.object();
        for (int i = 0; i < columns.size(); i++) {
            var cell = cells.get(i).strip();
            if (!cell.isEmpty()) {
                put(object, columns.get(i), cell);
            }
        }
        return object;
    }

    private void put(ObjectNode need, String column, String cell) {
        switch (column) {
            case "locationName" -> need.withObjectProperty("location").put("name", cell);
            case "latitude", "longitude" -> need.withObjectProperty("location").put(column, degrees(column, cell));
            case "items" -> items(need, cell);
            default -> {
                if (column.startsWith(METADATA)) {
                    need.withObjectProperty("metadata").put(column.substring(METADATA.length()), cell);
                } else {
                    need.put(column, cell);
                }
            }
        }
    }

    private double degrees(String column, String cell) {
        try {
            return new BigDecimal(separator.decimalComma() ? cell.replace(',', '.') : cell).doubleValue();
        } catch (NumberFormatException _) {
            throw Problem.invalid(
                    column,
                    "deve ser um número, com ponto" + (separator.decimalComma() ? " ou vírgula" : "") + " decimal");
        }
    }

    /// `item:quantity:unit` joined by `;`. The last two colons count, so that an item's name may have others.
    private static void items(ObjectNode need, String cell) {
        var items = need.withArrayProperty("items");
        for (var part : cell.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int unit = part.lastIndexOf(':');
            int quantity = part.lastIndexOf(':', unit - 1);
            if (quantity < 0) {
                throw Problem.invalid("items[" + items.size() + "]", "deve ser item:quantidade:unidade");
            }
            var field = "items[" + items.size() + "].quantity";
            items.addObject()
                    .put("item", part.substring(0, quantity).strip())
                    .put(
                            "quantity",
                            units(field, part.substring(quantity + 1, unit).strip()))
                    .put("unit", part.substring(unit + 1).strip());
        }
    }

    private static long units(String field, String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException _) {
            throw Problem.invalid(field, "deve ser um número inteiro");
        }
    }

    private static CSVRecord record(String line, Separator separator) {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator.character)
                .setIgnoreEmptyLines(false)
                .get();
        try (var parser = CSVParser.parse(line, format)) {
            var records = parser.getRecords();
            if (records.size() == 1) {
                return records.getFirst();
            }
        } catch (IOException | java.io.UncheckedIOException _) {
            throw malformed("aspas que não fecham ou fora do lugar; um campo não passa do fim da linha");
        }
        throw malformed("a linha não é um registro de CSV");
    }

    private static Problem malformed(String reason) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID", reason, List.of());
    }
}
