package mutirao.benchmark.messaging;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.contract.BrokerServer;
import mutirao.messaging.contract.KafkaServer;
import mutirao.messaging.contract.RabbitServer;
import mutirao.messaging.contract.RedisServer;

/// What the library costs on each broker, in rounds in turns with the plain client on the same one.
public final class Messaging {
    private static final int MIB = 1 << 20;

    private final int messages;
    private final int rounds;
    private final Duration away;
    private final Figures figures;

    /// Where figures go.
    @FunctionalInterface
    public interface Figures {
        /// @param bar the ratio has to be at least this; negative: at most its amount
        void add(String name, double ours, double baseline, String unit, String against, double bar, String note);
    }

    /// @param messages of each round
    /// @param away     how long the broker is away under load
    public Messaging(int messages, int rounds, Duration away, Figures figures) {
        this.messages = messages;
        this.rounds = rounds;
        this.away = away;
        this.figures = figures;
    }

    /// Makes the plain client of a broker.
    private interface Plain {
        Way open(String address, String topic) throws Exception;
    }

    /// Measures all of them.
    public void run() throws Exception {
        try (var kafka = new KafkaServer()) {
            run("Kafka", kafka, PlainKafka::new);
        }
        try (var rabbit = new RabbitServer()) {
            run("RabbitMQ", rabbit, PlainRabbit::new);
        }
        try (var redis = new RedisServer()) {
            run("Redis", redis, PlainRedis::new);
        }
    }

    private void run(String name, BrokerServer server, Plain plain) throws Exception {
        var publishing = new ArrayList<double[]>();
        var consuming = new ArrayList<double[]>();
        var topic = "b-" + UUID.randomUUID();
        try (var theirs = plain.open(server.broker().address(), topic + "-plain");
                var ours = new WithLibrary(server.broker(), topic)) {
            ours.prepare();
            for (int round = 0; round <= rounds; round++) {
                var baseline = rate(() -> theirs.publish(messages));
                var library = rate(() -> ours.publish(messages));
                if (round > 0) { // the first one is for the compiler
                    publishing.add(new double[] {library, baseline});
                }
                var had = theirs.consume(messages);
                var handled = ours.consume(messages);
                if (round > 0) {
                    consuming.add(new double[] {handled, had});
                }
            }
            report(name + ": publish with confirmation", publishing, "plain client, same in flight");
            report(name + ": consume, each acknowledged", consuming, "plain client");
            memory(name, server, ours);
        }
    }

    /// Something that takes time.
    private interface Work {
        void run() throws Exception;
    }

    private double rate(Work work) throws Exception {
        var begin = System.nanoTime();
        work.run();
        return messages / ((System.nanoTime() - begin) / 1e9);
    }

    private void report(String name, List<double[]> pairs, String against) {
        var ordered = pairs.stream()
                .sorted((one, other) -> Double.compare(one[0] / one[1], other[0] / other[1]))
                .toList();
        var median = ordered.get(ordered.size() / 2);
        var note = "median of %d rounds of %,d in turns, ratios from %.2f to %.2f"
                .formatted(
                        pairs.size(),
                        messages,
                        ordered.getFirst()[0] / ordered.getFirst()[1],
                        ordered.getLast()[0] / ordered.getLast()[1]);
        figures.add(name, median[0], median[1], "messages/s", against, 0.7, note);
    }

    /// Heap after a collection while the broker has been away under load, against that before.
    private void memory(String name, BrokerServer server, WithLibrary ours) throws Exception {
        var before = heapMib();
        server.kill();
        var most = 0.0;
        var tried = 0L;
        var until = System.nanoTime() + away.toNanos();
        while (System.nanoTime() < until) {
            tried++;
            try {
                ours.publish(1);
            } catch (NotConfirmed e) {
                most = Math.max(most, tried % 50 == 1 ? heapMib() : 0);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        server.start();
        figures.add(
                name + ": heap with the broker away for " + away.toSeconds() + " s under load",
                most,
                before,
                "MiB",
                "before",
                -1.5,
                "the highest after a collection; %,d attempts".formatted(tried));
    }

    private static double heapMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) MIB;
    }
}
