package mutirao.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The table of ratios and what has to be known to read it.
final class Report {
    static final Map<String, String> SECTIONS = Map.of(
            "a", "HTTP creates",
            "b", "Rebuild of a projection",
            "c", "Commands on long aggregates",
            "d", "Live tail",
            "e", "List pages",
            "f", "Start and memory",
            "g", "Bytes on disk",
            "h", "Token check",
            "i", "Messaging");

    private final boolean aloud;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /// @param aloud whether each figure is told as it comes
    Report(boolean aloud) {
        this.aloud = aloud;
    }

    /// A circumstance.
    void fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
    }

    void add(Figure figure) {
        figures.add(figure);
        if (!aloud) {
            return;
        }
        System.out.printf(
                "  %s: %s %s against %s: %s× %s%n",
                figure.name(),
                Figure.number(figure.ours()),
                figure.unit(),
                Figure.number(figure.baseline()),
                Figure.number(figure.ratio()),
                figure.verdict());
    }

    /// A section that could not be measured.
    void failed(String section, Throwable why) {
        failures.put(section, why.toString().lines().findFirst().orElse(""));
    }

    boolean complete() {
        return failures.isEmpty();
    }

    /// The table, aligned, for a terminal.
    String table() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "what", "ours", "baseline", "unit", "against", "ratio", "bar", ""));
        for (var figure : figures) {
            rows.add(cells(figure));
        }
        var widths = new int[9];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                var pad = " ".repeat(widths[i] - row.get(i).length());
                var right = i == 2 || i == 3 || i == 6;
                text.append(right ? pad + row.get(i) : row.get(i) + pad).append("  ");
            }
            text.append('\n');
        }
        return text.append(failures()).toString();
    }

    /// A line for each section that could not be measured.
    String failures() {
        var text = new StringBuilder();
        failures.forEach((section, why) ->
                text.append(section).append("  NOT MEASURED: ").append(why).append('\n'));
        return text.toString();
    }

    private static List<String> cells(Figure figure) {
        var bar = figure.bar();
        return List.of(
                figure.section(),
                figure.name(),
                Figure.number(figure.ours()),
                Figure.number(figure.baseline()),
                figure.unit(),
                figure.against(),
                Figure.number(figure.ratio()) + "×",
                bar == null ? "" : bar.toString(),
                figure.verdict());
    }

    /// Writes `latest.json`, `latest.md` and `latest.svg`.
    void write(Path dir) throws IOException {
        Files.createDirectories(dir);
        var document = new LinkedHashMap<String, Object>();
        document.put("facts", facts);
        document.put("figures", figures.stream().map(Report::json).toList());
        document.put("failures", failures);
        var json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(dir.resolve("latest.json"), json.writeValueAsString(document) + "\n");
        Files.writeString(dir.resolve("latest.svg"), Plot.of(figures));
        Files.writeString(dir.resolve("latest.md"), markdown());
    }

    private static Map<String, Object> json(Figure figure) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("section", figure.section());
        fields.put("name", figure.name());
        fields.put("ours", rounded(figure.ours()));
        fields.put("baseline", rounded(figure.baseline()));
        fields.put("unit", figure.unit());
        fields.put("against", figure.against());
        fields.put("ratio", rounded(figure.ratio()));
        var bar = figure.bar();
        if (bar != null) {
            fields.put("bar", bar.toString());
            fields.put("verdict", figure.verdict());
        }
        fields.put("note", figure.note());
        return fields;
    }

    /// To four digits; more would pretend to be known.
    private static double rounded(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return 0;
        }
        var scale = Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(value))));
        return Math.round(value * scale) / scale;
    }

    private String markdown() {
        var text = new StringBuilder("""
                # Benchmarks, latest run

                Written by `benchmarks/run`; [what is measured and how](../README.md). Each row is a pair that was measured in
                this run on this machine: absolute figures belong to the machine, ratios say something about the program.

                ![Each ratio against its bar](latest.svg)

                """);
        for (var section : SECTIONS.keySet().stream().sorted().toList()) {
            var own = figures.stream()
                    .filter(figure -> figure.section().equals(section))
                    .toList();
            if (own.isEmpty() && !failures.containsKey(section)) {
                continue;
            }
            text.append("## (")
                    .append(section)
                    .append(") ")
                    .append(SECTIONS.get(section))
                    .append("\n\n");
            if (!own.isEmpty()) {
                text.append("| | ours | baseline | | against | ratio | bar | | |\n");
                text.append("|---|--:|--:|---|---|--:|---|---|---|\n");
            }
            for (var figure : own) {
                var cells = new ArrayList<>(cells(figure).subList(1, 9));
                cells.add(figure.note());
                text.append("| ").append(String.join(" | ", cells)).append(" |\n");
            }
            if (failures.containsKey(section)) {
                text.append("Not measured: ").append(failures.get(section)).append("\n");
            }
            text.append('\n');
        }
        text.append("## Circumstances\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) ->
                text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        return text.toString();
    }
}
