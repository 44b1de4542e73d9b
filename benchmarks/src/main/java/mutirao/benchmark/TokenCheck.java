package mutirao.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;

/// (h) Processor time of the program for each need asked for over HTTP with a token, against that of the same process
/// for each that is asked for without one, which it lets in for this ([mutirao.benchmark.unguarded.Unguarded]).
/// Processor time, since what a token costs is less than what one second of a machine differs from the next; one
/// process, since it is also less than what the compilers make of the same program in two.
final class TokenCheck {
    private static final int CONNECTIONS = 16;

    private final Lab lab;
    private final List<byte[]> requests;
    private final Duration time;
    private final int rounds;

    private TokenCheck(Lab lab) throws IOException {
        this.lab = lab;
        this.requests = lab.needs(5000, false).stream().map(Lab::creation).toList();
        this.time = Duration.ofSeconds(lab.options.amount(5, 2, 1));
        this.rounds = lab.options.amount(10, 5, 1);
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var check = new TokenCheck(lab);
        var database = lab.empty("token");
        try (var both = lab.program.bothUnguarded(database)) {
            check.measure("both sides in one process", both, () -> Lab.quiet(database), database);
        }
        try (var commands = lab.program.commandsUnguarded(database)) {
            check.measure("command side alone", commands, () -> {}, database);
        }
        lab.server.drop(database);
    }

    /// Waits until what was asked for is done.
    private interface Settled {
        void await() throws SQLException, InterruptedException;
    }

    /// Processor time of so many creates. A round's own is told by the collections that fell into it, so that only
    /// the sum of many is compared.
    private record Cost(Duration time, int creates) {
        static Cost sum(List<Cost> all) {
            return all.stream()
                    .reduce(
                            new Cost(Duration.ZERO, 0),
                            (one, other) -> new Cost(one.time.plus(other.time), one.creates + other.creates));
        }

        double micros() {
            return time.toNanos() / 1e3 / creates;
        }
    }

    private void measure(String name, Child program, Settled settled, Database database)
            throws SQLException, InterruptedException {
        var stranger = program.asStranger();
        Load.warmUp(lab.options, List.of(program, stranger), requests);
        settled.await();
        var bringing = new ArrayList<Cost>();
        var without = new ArrayList<Cost>();
        for (int i = 0; i < rounds; i++) {
            // The table grows from one to the next; each goes first as often.
            if (i % 2 == 0) {
                bringing.add(cost(program, settled, database));
                without.add(cost(stranger, settled, database));
            } else {
                without.add(cost(stranger, settled, database));
                bringing.add(cost(program, settled, database));
            }
        }
        var ratios = IntStream.range(0, rounds)
                .mapToDouble(i -> bringing.get(i).micros() / without.get(i).micros())
                .summaryStatistics();
        lab.report.add(new Figure(
                "h",
                "a create's processor time with a token, " + name,
                Cost.sum(bringing).micros(),
                Cost.sum(without).micros(),
                "µs",
                "without",
                Bar.atMost(1.1),
                "all creates of %d rounds in turns, ratios of single rounds from %.2f to %.2f"
                        .formatted(rounds, ratios.getMin(), ratios.getMax())));
    }

    /// What a create costs the read models belongs to it.
    private Cost cost(Child program, Settled settled, Database database) throws SQLException, InterruptedException {
        database.execute("checkpoint");
        var before = program.cpu();
        var creates =
                Load.run(program, CONNECTIONS, time, requests, 201).nanos().size();
        settled.await();
        return new Cost(program.cpu().minus(before), creates);
    }
}
