package mutirao.benchmark.messaging;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
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

    /// @param messages of each round; ten times as many over Kafka, where that many are two polls
    /// @param away     how long the broker is away under load
    public Messaging(int messages, int rounds, Duration away, Figures figures) {
        this.messages = messages;
        this.rounds = rounds;
        this.away = away;
        this.figures = figures;
    }

    /// Makes the plain client of a broker.
    private interface Plain {
        Way open(String address, String topic, Content content) throws Exception;
    }

    /// Messages a second, of one round.
    private record Rates(double library, double event, double bytes) {}

    /// Measures all of them.
    public void run() throws Exception {
        try (var kafka = new KafkaServer()) {
            run("Kafka", kafka, PlainKafka::new, 10 * messages);
        }
        try (var rabbit = new RabbitServer()) {
            run("RabbitMQ", rabbit, PlainRabbit::new, messages);
        }
        try (var redis = new RedisServer()) {
            run("Redis", redis, PlainRedis::new, messages);
        }
    }

    private void run(String name, BrokerServer server, Plain plain, int count) throws Exception {
        var publishing = new ArrayList<Rates>();
        var consuming = new ArrayList<Rates>();
        var topic = "b-" + UUID.randomUUID();
        var address = server.broker().address();
        try (var event = plain.open(address, topic + "-event", Content.EVENT);
                var bytes = plain.open(address, topic + "-bytes", Content.BYTES);
                var ours = new WithLibrary(server.broker(), topic)) {
            ours.prepare();
            for (int round = 0; round <= rounds; round++) {
                var published = new Rates(published(ours, count), published(event, count), published(bytes, count));
                var consumed = new Rates(ours.consume(count), event.consume(count), bytes.consume(count));
                if (round > 0) { // the first one is for the compiler
                    publishing.add(published);
                    consuming.add(consumed);
                }
            }
            report(name + ": publish with confirmation", publishing, count);
            report(name + ": consume, each acknowledged", consuming, count);
            memory(name, server, ours);
        }
    }

    private static double published(Way way, int count) throws Exception {
        var begin = System.nanoTime();
        way.publish(count);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private void report(String name, List<Rates> rounds, int count) {
        report(name, rounds, "plain client, same event", Rates::event, count);
        report(name, rounds, "plain client, bytes only", Rates::bytes, count);
    }

    private void report(String name, List<Rates> rounds, String against, ToDoubleFunction<Rates> baseline, int count) {
        var ordered = rounds.stream()
                .sorted(Comparator.comparingDouble(rates -> ratio(rates, baseline)))
                .toList();
        var median = ordered.get(ordered.size() / 2);
        var note = "median of %d rounds of %,d in turns, ratios from %.2f to %.2f"
                .formatted(
                        rounds.size(), count, ratio(ordered.getFirst(), baseline), ratio(ordered.getLast(), baseline));
        figures.add(name, median.library(), baseline.applyAsDouble(median), "messages/s", against, 0.7, note);
    }

    private static double ratio(Rates rates, ToDoubleFunction<Rates> baseline) {
        return rates.library() / baseline.applyAsDouble(rates);
    }

    /// Heap after a collection while the broker has been away under load, against that before.
    private void memory(String name, BrokerServer server, WithLibrary ours) throws Exception {
        var before = heapMib();
        server.kill();
        var most = 0.0;
        var until = System.nanoTime() + away.toNanos();
        var pressure = ours.pressure();
        try (pressure) {
            while (System.nanoTime() < until) {
                TimeUnit.SECONDS.sleep(1);
                most = Math.max(most, heapMib());
            }
            server.start();
        }
        figures.add(
                name + ": heap with the broker away for " + away.toSeconds() + " s under load",
                most,
                before,
                "MiB",
                "before",
                -1.5,
                "the highest after a collection; " + pressure);
    }

    /// What a collection leaves; not what has been made meanwhile.
    private static double heapMib() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum()
                / (double) MIB;
    }
}
