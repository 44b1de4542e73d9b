package mutirao.benchmark;

import java.time.Duration;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.messaging.Messaging;

/// (i) What the messaging library costs, against the plain client of each broker.
final class Brokers {
    private Brokers() {}

    static void run(Lab lab) throws Exception {
        new Messaging(
                        lab.options.amount(20_000, 5_000, 500),
                        lab.options.amount(7, 3, 1),
                        Duration.ofSeconds(lab.options.amount(60, 10, 2)),
                        (name, ours, baseline, unit, against, bar, note) -> lab.report.add(new Figure(
                                "i",
                                name,
                                ours,
                                baseline,
                                unit,
                                against,
                                bar < 0 ? Bar.atMost(-bar) : Bar.atLeast(bar),
                                note)))
                .run();
    }
}
