package mutirao.benchmark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/// (b) The whole way from the store to a table: the program's rebuild against Axon's processors with JPA over the same
/// events, and against moving the finished table with `COPY`.
final class Rebuilds {
    private static final List<String> PROJECTIONS = List.of("necessidade", "oferta", "entrega", "ticket", "auditoria");
    private static final List<String> TUNED = List.of("tracking-500", "tracking-1000", "pooled-1000");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Lab lab;
    private final Database database;

    private Rebuilds(Lab lab, Database database) {
        this.lab = lab;
        this.database = database;
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        new Rebuilds(lab, lab.flood()).run();
    }

    /// @param first rate of the first rebuild of the process, the others having come before
    private record Rebuilt(double perSecond, double first, double seconds, long processed, long rows) {}

    private record Rate(double perSecond, String variant) {}

    private void run() throws IOException, SQLException, InterruptedException {
        var ours = new HashMap<String, Rebuilt>();
        var copied = new HashMap<String, Double>();
        Map<String, String> tables;
        try (var program = lab.program.queries(database)) {
            tables = tables(program);
            for (var projection : PROJECTIONS) {
                ours.put(projection, rebuilt(program, projection));
            }
        }
        for (var projection : PROJECTIONS) {
            copied.put(projection, copy(requireNonNull(tables.get(projection))));
        }
        database.execute("drop schema if exists jpa cascade; create schema jpa");
        for (var projection : PROJECTIONS) {
            database.execute(
                    "create table jpa." + projection + " (like public." + tables.get(projection) + " including all)");
        }
        database.execute("alter table jpa.auditoria alter column occurred_at drop not null"); // the entity has none
        var plain = axon(List.of("tracking-1"), false);
        var tuned = axon(lab.options.smoke() ? TUNED.subList(2, 3) : TUNED, true);
        database.execute("drop schema jpa cascade");
        for (var projection : PROJECTIONS) {
            add(
                    projection,
                    requireNonNull(ours.get(projection)),
                    requireNonNull(plain.get(projection), "no rate of Axon's"),
                    requireNonNull(tuned.get(projection), "no rate of Axon's"),
                    requireNonNull(copied.get(projection)));
        }
    }

    private void add(String name, Rebuilt ours, Rate plain, Rate tuned, double copy) {
        var note = "%,d events into %,d rows in %.1f s; first rebuild of the process %,.0f/s"
                .formatted(ours.processed(), ours.rows(), ours.seconds(), ours.first());
        lab.report.add(new Figure(
                "b",
                name,
                ours.perSecond(),
                plain.perSecond(),
                "events/s",
                "Axon default, batch 1",
                Bar.atLeast(50),
                note));
        lab.report.add(new Figure(
                "b",
                name,
                ours.perSecond(),
                tuned.perSecond(),
                "events/s",
                "Axon best tuned",
                Bar.atLeast(5),
                "best of " + TUNED + ": " + tuned.variant()));
        lab.report.add(new Figure(
                "b",
                name,
                ours.seconds(),
                copy,
                "s",
                "COPY out and in",
                null,
                "of the finished table, indexes built after"));
        lab.report.add(new Figure(
                "b", name, ours.perSecond(), 100_000, "events/s", "the aim", Bar.atLeast(1), "not a pair: the aim"));
    }

    /// Where each projection's rows lie.
    private static Map<String, String> tables(Child program) throws IOException {
        var tables = new HashMap<String, String>();
        try (var http = program.http()) {
            for (var projection : http.get("/api/projecoes").with(200).json().get("items")) {
                tables.put(
                        projection.get("name").asString(),
                        projection.get("table").asString());
            }
        }
        return tables;
    }

    private Rebuilt rebuilt(Child program, String projection) throws IOException, InterruptedException {
        var first = rebuild(program, projection);
        // As warm as what it is compared with.
        for (var seconds = first.seconds(); seconds < lab.options.amount(5, 2, 0); ) {
            seconds += rebuild(program, projection).seconds();
        }
        return again(rebuild(program, projection), first.perSecond());
    }

    private static Rebuilt again(Rebuilt second, double first) {
        return new Rebuilt(second.perSecond(), first, second.seconds(), second.processed(), second.rows());
    }

    private Rebuilt rebuild(Child program, String projection) throws IOException, InterruptedException {
        var path = "/api/projecoes/" + projection + "/reconstrucao";
        // The tables were empty: that the new ones differ is no bug.
        var begin = path + "?onDifference=swap";
        var until = System.nanoTime() + PATIENCE.toNanos();
        try (var http = program.http()) {
            http.post(begin, "").with(202);
            while (System.nanoTime() < until) {
                var state = http.get(path).with(200).json();
                if (!state.get("state").asString().equals("RUNNING")) {
                    return rebuilt(state);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            http.send(Http.request("DELETE", path, ""));
            throw new IllegalStateException("the rebuild of " + projection + " took more than " + PATIENCE);
        }
    }

    private static Rebuilt rebuilt(JsonNode state) {
        if (!state.get("state").asString().equals("DONE") || state.get("rows").asLong() == 0) {
            throw new IllegalStateException("a rebuild has failed: " + state);
        }
        var took = Duration.between(
                Instant.parse(state.get("startedAt").asString()),
                Instant.parse(state.get("finishedAt").asString()));
        var seconds = took.toNanos() / 1e9;
        var processed = state.get("processed").asLong();
        return new Rebuilt(
                processed / seconds,
                processed / seconds,
                seconds,
                processed,
                state.get("rows").asLong());
    }

    /// In seconds.
    private double copy(String table) throws IOException, SQLException {
        var file = Files.createTempFile(lab.work, table, ".copy");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            var indexes = new ArrayList<String>();
            try (var rows = statement.executeQuery(
                    "select indexdef from pg_indexes where schemaname = 'public' and tablename = '" + table + "'")) {
                while (rows.next()) {
                    indexes.add(rows.getString(1)
                            .replaceFirst("INDEX \\S+ ON public\\.\\S+", "INDEX ON public.bench_copied"));
                }
            }
            statement.execute("drop table if exists public.bench_copied");
            statement.execute("create table public.bench_copied (like public." + table + " including defaults)");
            var begin = System.nanoTime();
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            try (var out = Files.newOutputStream(file)) {
                copy.copyOut("copy public." + table + " to stdout", out);
            }
            try (var in = Files.newInputStream(file)) {
                copy.copyIn("copy public.bench_copied from stdin", in, 1 << 20);
            }
            for (var index : indexes) {
                statement.execute(index);
            }
            var seconds = (System.nanoTime() - begin) / 1e9;
            statement.execute("drop table public.bench_copied");
            return seconds;
        } finally {
            Files.delete(file);
        }
    }

    /// The best rate of each projection.
    private Map<String, Rate> axon(List<String> variants, boolean tuned) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "--bench.projections=" + String.join(",", PROJECTIONS),
                "--bench.variants=" + String.join(",", variants),
                "--bench.warmup=" + lab.options.amount(5, 2, 0),
                "--bench.seconds=" + lab.options.amount(10, 3, 1)));
        if (tuned) {
            arguments.addAll(List.of(
                    "--spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true",
                    "--spring.jpa.properties.hibernate.jdbc.batch_size=500",
                    "--spring.jpa.properties.hibernate.order_inserts=true",
                    "--spring.jpa.properties.hibernate.order_updates=true"));
        }
        var rates = new HashMap<String, Rate>();
        try (var axon = lab.program.axon(database, arguments)) {
            var each = lab.options.amount(10, 3, 1) + lab.options.amount(5, 2, 0) + 2;
            axon.done(Duration.ofSeconds(90 + each * (long) PROJECTIONS.size() * variants.size()));
            // Of each variant the last line counts; those before are its warming up.
            var last = new HashMap<String, Double>();
            axon.output()
                    .lines()
                    .filter(line -> line.startsWith("RATE "))
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> last.put(words[1] + " " + words[2], Double.parseDouble(words[3])));
            last.forEach((key, rate) -> {
                var words = key.split(" ", -1);
                rates.merge(words[0], new Rate(rate, words[1]), (a, b) -> a.perSecond() > b.perSecond() ? a : b);
            });
        }
        return rates;
    }
}
