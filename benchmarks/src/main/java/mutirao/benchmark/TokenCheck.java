package mutirao.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;

/// (h) Processor time of the program for each need asked for over HTTP with a token, against the same program that asks
/// nobody for one ([mutirao.benchmark.unguarded.Unguarded]) and is sent none. Processor time, since what a token costs
/// is less than what one second of a machine differs from the next.
final class TokenCheck {
    private static final int CONNECTIONS = 16;

    private final Lab lab;
    private final List<byte[]> requests;
    private final Duration time;
    private final int rounds;

    private TokenCheck(Lab lab) throws IOException {
        this.lab = lab;
        this.requests = lab.needs(5000, false).stream().map(Lab::creation).toList();
        this.time = Duration.ofSeconds(lab.options.either(5, 2));
        this.rounds = lab.options.either(20, 5);
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var check = new TokenCheck(lab);
        var guarded = lab.empty("guarded");
        var open = lab.empty("open");
        try (var asks = lab.program.both(guarded);
                var asksNot = lab.program.bothUnguarded(open)) {
            check.measure("both sides in one process", new Side(asks, guarded, true), new Side(asksNot, open, true));
        }
        try (var asks = lab.program.commands(guarded);
                var asksNot = lab.program.commandsUnguarded(open)) {
            check.measure("command side alone", new Side(asks, guarded, false), new Side(asksNot, open, false));
        }
        lab.server.drop(guarded);
        lab.server.drop(open);
    }

    /// @param reads whether it also fills the read models, which are waited for
    private record Side(Child program, Database database, boolean reads) {}

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

    private void measure(String name, Side asks, Side asksNot) throws SQLException, InterruptedException {
        Load.warmUp(lab.options, List.of(asks.program(), asksNot.program()), requests);
        settle(asks);
        settle(asksNot);
        var asking = new ArrayList<Cost>();
        var notAsking = new ArrayList<Cost>();
        for (int i = 0; i < rounds; i++) {
            // Who goes first has the colder caches; each does as often.
            if (i % 2 == 0) {
                asking.add(cost(asks));
                notAsking.add(cost(asksNot));
            } else {
                notAsking.add(cost(asksNot));
                asking.add(cost(asks));
            }
        }
        var ratios = IntStream.range(0, rounds)
                .mapToDouble(i -> asking.get(i).micros() / notAsking.get(i).micros())
                .summaryStatistics();
        lab.report.add(new Figure(
                "h",
                "a create's processor time, " + name,
                Cost.sum(asking).micros(),
                Cost.sum(notAsking).micros(),
                "µs",
                "no token",
                Bar.atMost(1.1),
                "all creates of %d rounds in turns, ratios of single rounds from %.2f to %.2f"
                        .formatted(rounds, ratios.getMin(), ratios.getMax())));
    }

    private Cost cost(Side side) throws SQLException, InterruptedException {
        side.database().execute("checkpoint");
        var before = side.program().cpu();
        var creates = Load.run(side.program(), CONNECTIONS, time, requests, 201)
                .nanos()
                .size();
        settle(side);
        return new Cost(side.program().cpu().minus(before), creates);
    }

    /// What a create costs the read models belongs to it.
    private static void settle(Side side) throws SQLException, InterruptedException {
        if (side.reads()) {
            Lab.quiet(side.database());
        }
    }
}
