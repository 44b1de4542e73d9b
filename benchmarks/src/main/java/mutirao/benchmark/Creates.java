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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;

/// (a) Needs asked for over HTTP, against the same row inserted by `pgbench` and against a Spring Data JPA controller.
final class Creates {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final int JUDGED = 16;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private final Lab lab;
    private final List<byte[]> requests;
    private final Duration time;

    private Creates(Lab lab) throws IOException {
        this.lab = lab;
        this.requests = lab.needs(5000, false).stream().map(Lab::creation).toList();
        this.time = Duration.ofSeconds(lab.options.either(10, 3));
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        new Creates(lab).run();
    }

    private void run() throws IOException, SQLException, InterruptedException {
        var bothDb = lab.empty("both");
        var commandDb = lab.empty("command");
        var insertDb = lab.empty("insert");
        var crudDb = lab.empty("crud");
        crudDb.execute("create schema jpa; create table jpa.necessidade (like public.necessidade including all)");
        try (var both = lab.program.both(bothDb);
                var command = lab.program.commands(commandDb);
                var crud = lab.program.crud(crudDb)) {
            for (var warm : new Child[] {both, command, crud}) {
                warmUp(warm.port());
            }
            quiet(bothDb);
            var insert = new Insert(insertDb, row(bothDb));
            for (int connections : CONNECTIONS) {
                var ours = measured(both, connections, bothDb);
                quiet(bothDb);
                var alone = measured(command, connections, commandDb);
                var crudRate = measured(crud, connections, crudDb);
                checkpoint(insertDb);
                var ceiling = insert.perSecond(connections, time);
                add("both sides in one process", connections, ours, crudRate, ceiling, insert.how());
                add("command side alone", connections, alone, crudRate, ceiling, insert.how());
            }
        }
        for (var database : List.of(bothDb, commandDb, insertDb, crudDb)) {
            lab.server.drop(database);
        }
    }

    /// Until it has been compiled: so many requests, at most a minute.
    private void warmUp(int port) throws InterruptedException {
        var until = System.nanoTime()
                + Duration.ofSeconds(lab.options.either(60, 12)).toNanos();
        var done = 0;
        while (done < lab.options.either(20_000, 3000) && System.nanoTime() < until) {
            done += Load.run(port, JUDGED, Duration.ofSeconds(1), requests, 201)
                    .nanos()
                    .size();
        }
    }

    private void add(String which, int connections, Load.Result ours, Load.Result crud, double ceiling, String how) {
        var note = "p50 %.1f ms, p99 %.1f ms; load generator %.0f %% of the machine"
                .formatted(ours.nanos().millis(0.5), ours.nanos().millis(0.99), ours.ownShare() * 100);
        var crudNote = "controller p50 %.1f ms, p99 %.1f ms; load generator %.0f %%"
                .formatted(crud.nanos().millis(0.5), crud.nanos().millis(0.99), crud.ownShare() * 100);
        var name = which + ", " + connections + (connections == 1 ? " connection" : " connections");
        lab.report.add(Figure.of(
                "a",
                name,
                ours.perSecond(),
                ceiling,
                "creates/s",
                how,
                connections == JUDGED ? Bar.atLeast(0.25) : null,
                note));
        lab.report.add(Figure.of(
                "a",
                name,
                ours.perSecond(),
                crud.perSecond(),
                "creates/s",
                "Spring Data JPA",
                Bar.atLeast(0.8),
                crudNote));
    }

    private Load.Result measured(Child program, int connections, Database database)
            throws InterruptedException, SQLException {
        checkpoint(database);
        return Load.run(program.port(), connections, time, requests, 201);
    }

    /// So that none pays for another's writing.
    private static void checkpoint(Database database) throws SQLException {
        database.execute("checkpoint");
    }

    /// Waits until the read models have caught up, so that they do not take from the next measurement.
    private static void quiet(Database database) throws SQLException, InterruptedException {
        var until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < until
                && database.number("select coalesce(max(global_index), 0) - (select min(position) from follower)"
                                + " from domain_event")
                        > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// The stored row of a typical creation.
    private record Row(String payload, String metaData) {}

    private static Row row(Database database) throws SQLException {
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

    /// The same row inserted as fast as the server takes it, under ids of its own.
    private final class Insert {
        private static final String SQL = """
                insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                payload_type, payload_revision, payload, meta_data)
                values (gen_random_uuid()::text, 'necessidade-' || gen_random_uuid(), 0, 'necessidade', now(),
                'necessidade.NecessidadeCriada', '1', %s::jsonb, %s::jsonb)""";

        private final Database database;
        private final Row row;
        private final Optional<Path> pgbench;

        Insert(Database database, Row row) {
            this.database = database;
            this.row = row;
            this.pgbench = Stream.of(System.getenv("PATH").split(":"))
                    .map(dir -> Path.of(dir, "pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        String how() {
            return pgbench.isPresent() ? "pgbench INSERT" : "INSERT by JDBC (no pgbench)";
        }

        double perSecond(int connections, Duration time) throws IOException, InterruptedException, SQLException {
            return pgbench.isPresent() ? byPgbench(pgbench.get(), connections, time) : byJdbc(connections, time);
        }

        private double byPgbench(Path pgbench, int connections, Duration time)
                throws IOException, InterruptedException {
            var script = lab.work.resolve("insert.sql");
            Files.writeString(
                    script,
                    SQL.formatted(quoted(row.payload()), quoted(row.metaData())).replace("\n", " ") + ";\n",
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
            var log = lab.work.resolve("logs/pgbench-" + connections + ".log");
            try (var run = Child.start("pgbench", command, environment, log, 0)) {
                run.done(time.plusSeconds(60));
                var tps = TPS.matcher(run.output());
                if (!tps.find()) {
                    throw new IllegalStateException("pgbench says:\n" + run.output());
                }
                return Double.parseDouble(tps.group(1));
            }
        }

        /// pgbench takes a colon for a variable.
        private static String quoted(String json) {
            return "E'" + json.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'";
        }

        private double byJdbc(int connections, Duration time) throws InterruptedException {
            var end = System.nanoTime() + time.toNanos();
            var work = new ArrayList<Callable<Long>>();
            for (int i = 0; i < connections; i++) {
                work.add(() -> inserts(end));
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

        private long inserts(long end) throws SQLException {
            var count = 0L;
            try (var connection = database.connect();
                    var insert = connection.prepareStatement(SQL.formatted("?", "?"))) {
                insert.setString(1, row.payload());
                insert.setString(2, row.metaData());
                for (; System.nanoTime() < end; count++) {
                    insert.executeUpdate();
                }
            }
            return count;
        }
    }
}
