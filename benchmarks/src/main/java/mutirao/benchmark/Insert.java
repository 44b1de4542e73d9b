package mutirao.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.benchmark.Server.Database;

/// The row of a creation inserted as fast as the server takes it, under ids of its own.
final class Insert {
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final String SQL = """
            insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
            payload_type, payload_revision, payload, meta_data)
            values (gen_random_uuid()::text, 'necessidade-' || gen_random_uuid(), 0, 'necessidade', now(),
            'necessidade.NecessidadeCriada', '1', %s::jsonb, %s::jsonb)""";

    private final Database database;
    private final Row row;
    private final Path work;
    private final Optional<Path> pgbench;

    private Insert(Database database, Row row, Path work) {
        this.database = database;
        this.row = row;
        this.work = work;
        this.pgbench = Stream.of(System.getenv("PATH").split(":"))
                .map(dir -> Path.of(dir, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Inserts what is typical of a database's creations into another.
    ///
    /// @param work a directory of this run
    static Insert like(Database sample, Database database, Path work) throws SQLException {
        return new Insert(database, Row.typical(sample), work);
    }

    /// The stored row of a typical creation.
    private record Row(String payload, String metaData) {
        static Row typical(Database database) throws SQLException {
            try (var connection = database.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("""
                            select payload, meta_data from domain_event
                            order by octet_length(payload::text) offset (select count(*) / 2 from domain_event) limit 1
                            """)) {
                rows.next();
                return new Row(rows.getString(1), rows.getString(2));
            }
        }
    }

    String how() {
        return pgbench.isPresent() ? "pgbench INSERT" : "INSERT by JDBC (no pgbench)";
    }

    /// Rows per second.
    ///
    /// @param together rows in one commit
    double perSecond(int connections, Duration time, int together)
            throws IOException, InterruptedException, SQLException {
        return pgbench.isPresent()
                ? byPgbench(pgbench.get(), connections, time, together)
                : byJdbc(connections, time, together);
    }

    private double byPgbench(Path pgbench, int connections, Duration time, int together)
            throws IOException, InterruptedException {
        var script = work.resolve("insert.sql");
        var insert =
                SQL.formatted(quoted(row.payload()), quoted(row.metaData())).replace("\n", " ") + ";\n";
        Files.writeString(
                script,
                together == 1 ? insert : "begin;\n" + insert.repeat(together) + "commit;\n",
                StandardCharsets.UTF_8);
        var threads = Math.min(connections, Runtime.getRuntime().availableProcessors());
        var command = List.of(
                pgbench.toString(),
                "-n",
                "-M",
                "prepared",
                "-f",
                script.toString(),
                "-c",
                Integer.toString(connections),
                "-j",
                Integer.toString(threads),
                "-T",
                Long.toString(time.toSeconds()),
                "-h",
                database.host(),
                "-p",
                Integer.toString(database.port()),
                "-U",
                database.user(),
                database.name());
        var environment = Map.of("PGPASSWORD", database.password());
        var log = work.resolve("logs/pgbench-" + connections + ".log");
        try (var run = Child.start("pgbench", command, environment, log, 0)) {
            run.done(time.plusSeconds(60));
            var tps = TPS.matcher(run.output());
            if (!tps.find()) {
                throw new IllegalStateException("pgbench says:\n" + run.output());
            }
            return Double.parseDouble(tps.group(1)) * together;
        }
    }

    /// pgbench takes a colon for a variable.
    private static String quoted(String json) {
        return "E'" + json.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'";
    }

    private double byJdbc(int connections, Duration time, int together) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        var work = new ArrayList<Callable<Long>>();
        for (int i = 0; i < connections; i++) {
            work.add(() -> inserts(end, together));
        }
        var count = 0L;
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (var done : threads.invokeAll(work)) {
                count += done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return count / (time.toNanos() / 1e9);
    }

    private long inserts(long end, int together) throws SQLException {
        var count = 0L;
        try (var connection = database.connect();
                var insert = connection.prepareStatement(SQL.formatted("?", "?"))) {
            insert.setString(1, row.payload());
            insert.setString(2, row.metaData());
            connection.setAutoCommit(together == 1);
            while (System.nanoTime() < end) {
                for (int i = 0; i < together; i++) {
                    insert.executeUpdate();
                }
                if (together > 1) {
                    connection.commit();
                }
                count += together;
            }
        }
        return count;
    }
}
