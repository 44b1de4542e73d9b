package mutirao.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;

/// (a) Needs asked for over HTTP, against the same row inserted by `pgbench` and against a Spring Data JPA controller.
final class Creates {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final int[] ANY = {16};
    private static final int JUDGED = 16;
    /// Each is measured so often, in turns: what the machine does meanwhile hurts all of them.
    private static final int ROUNDS = 3;
    /// Rows in one commit, to see what it would bring to append several commands together.
    private static final int TOGETHER = 8;

    private final Lab lab;
    private final List<byte[]> requests;
    private final Duration time;
    private final int rounds;

    private Creates(Lab lab) throws IOException {
        this.lab = lab;
        this.requests = lab.needs(5000, false).stream().map(Lab::creation).toList();
        this.rounds = lab.options.amount(ROUNDS, ROUNDS, 1);
        this.time = Duration.ofSeconds(lab.options.amount(5, 2, 1));
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        new Creates(lab).run();
    }

    private void run() throws IOException, SQLException, InterruptedException {
        var bothDb = lab.empty("both");
        var commandDb = lab.empty("command");
        var insertDb = lab.empty("insert");
        var crudDb = lab.empty("crud");
        crudDb.execute("create schema jpa; create table jpa.necessidade (like public.necessidade_v2 including all)");
        try (var both = lab.program.both(bothDb);
                var command = lab.program.commands(commandDb);
                var crud = lab.program.crud(crudDb)) {
            Load.warmUp(lab.options, List.of(both, command, crud), requests);
            Lab.quiet(bothDb);
            var insert = Insert.like(bothDb, insertDb, lab.work);
            for (int connections : lab.options.smoke() ? ANY : CONNECTIONS) {
                var ours = new ArrayList<Load.Result>();
                var alone = new ArrayList<Load.Result>();
                var controller = new ArrayList<Load.Result>();
                var ceiling = new ArrayList<Double>();
                for (int i = 0; i < rounds; i++) {
                    ours.add(measured(both, connections, bothDb));
                    Lab.quiet(bothDb);
                    alone.add(measured(command, connections, commandDb));
                    controller.add(measured(crud, connections, crudDb));
                    checkpoint(insertDb);
                    ceiling.add(insert.perSecond(connections, time, 1));
                }
                var crudRate = Load.Result.median(controller);
                var inserts = median(ceiling);
                add(
                        "both sides in one process",
                        connections,
                        Load.Result.median(ours),
                        crudRate,
                        inserts,
                        insert.how());
                add("command side alone", connections, Load.Result.median(alone), crudRate, inserts, insert.how());
            }
            together(insert);
        }
        for (var database : List.of(bothDb, commandDb, insertDb, crudDb)) {
            lab.server.drop(database);
        }
    }

    /// The most that appending several commands in one commit could bring.
    private void together(Insert insert) throws IOException, InterruptedException, SQLException {
        var several = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        for (int i = 0; i < rounds; i++) {
            several.add(insert.perSecond(JUDGED, time, TOGETHER));
            single.add(insert.perSecond(JUDGED, time, 1));
        }
        lab.report.add(new Figure(
                "a",
                "INSERT alone, %d in one commit, %d connections".formatted(TOGETHER, JUDGED),
                median(several),
                median(single),
                "rows/s",
                insert.how(),
                null,
                "what group commit could save of each create: %.0f µs of processor time"
                        .formatted((1 / median(single) - 1 / median(several))
                                * 1e6
                                * Runtime.getRuntime().availableProcessors())));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void add(String which, int connections, Load.Result ours, Load.Result crud, double ceiling, String how) {
        var note = "p50 %.1f ms, p99 %.1f ms; load generator %.0f %% of the machine"
                .formatted(ours.nanos().millis(0.5), ours.nanos().millis(0.99), ours.ownShare() * 100);
        var crudNote = "controller p50 %.1f ms, p99 %.1f ms; load generator %.0f %%"
                .formatted(crud.nanos().millis(0.5), crud.nanos().millis(0.99), crud.ownShare() * 100);
        var name = which + ", " + connections + (connections == 1 ? " connection" : " connections");
        lab.report.add(new Figure(
                "a",
                name,
                ours.perSecond(),
                ceiling,
                "creates/s",
                how,
                connections == JUDGED ? Bar.atLeast(0.25) : null,
                note));
        lab.report.add(new Figure(
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
        return Load.run(program, connections, time, requests, 201);
    }

    /// So that none pays for another's writing.
    private static void checkpoint(Database database) throws SQLException {
        database.execute("checkpoint");
    }
}
