package mutirao.benchmark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;
import mutirao.necessidade.api.NovaNecessidade;
import org.jspecify.annotations.Nullable;

/// (d) Needs asked for at a steady 200 a second whatever the answers take, and how long after each answer its row can
/// be read, seen by looking at the table about every millisecond; against how long the answers take.
final class LiveTail {
    private static final int RATE = 200;

    private final Lab lab;
    private final Duration time;
    private final Duration warmUp;

    private LiveTail(Lab lab) {
        this.lab = lab;
        this.time = Duration.ofSeconds(lab.options.amount(30, 6, 1));
        this.warmUp = Duration.ofSeconds(lab.options.amount(15, 5, 1));
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var tail = new LiveTail(lab);
        var one = lab.empty("one");
        try (var both = lab.program.both(one)) {
            tail.measure("one process", both, one, Bar.atMost(5));
        }
        lab.server.drop(one);
        var two = lab.empty("two");
        try (var commands = lab.program.commands(two);
                var queries = lab.program.queries(two)) {
            queries.ready(Program.READY);
            tail.measure("two processes", commands, two, Bar.atMost(10));
        }
        lab.server.drop(two);
    }

    private void measure(String name, Child program, Database database, Bar bar)
            throws IOException, SQLException, InterruptedException {
        var warm = (int) (RATE * warmUp.toSeconds());
        var needs = lab.needs(warm + (int) (RATE * time.toSeconds()), true);
        new Run(program, database).run(needs.subList(0, warm));
        var run = new Run(program, database);
        run.run(needs.subList(warm, needs.size()));
        var note = "%,d commands at %d/s, %d refused, %d not seen in 10 s"
                .formatted(run.sent.get(), RATE, run.failed.get(), run.unseen());
        add(name, run, "p99", 0.99, bar, note);
        add(name, run, "p50", 0.5, null, "");
    }

    private void add(String name, Run run, String percentile, double share, @Nullable Bar bar, String note) {
        lab.report.add(new Figure(
                "d",
                "visible after the answer, " + percentile + ", " + name,
                run.visible.millis(share),
                run.answers.millis(share),
                "ms",
                "answer to the command, " + percentile,
                bar,
                note));
    }

    /// One stretch of time.
    private static final class Run {
        private final Child program;
        private final Database database;
        private final ConcurrentLinkedQueue<Http> idle = new ConcurrentLinkedQueue<>();
        private final Map<UUID, Boolean> outstanding = new ConcurrentHashMap<>();
        private final Map<UUID, Long> answered = new ConcurrentHashMap<>();
        private final Map<UUID, Long> seen = new ConcurrentHashMap<>();
        private final Map<UUID, Long> took = new ConcurrentHashMap<>();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final Nanos answers = new Nanos();
        private final Nanos visible = new Nanos();
        private volatile boolean sending = true;

        Run(Child program, Database database) {
            this.program = program;
            this.database = database;
        }

        void run(List<NovaNecessidade> needs) throws SQLException, IOException, InterruptedException {
            var watcher = new FutureTask<>(this::watch);
            Thread.ofPlatform().daemon().name("watcher").start(watcher);
            try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
                var begin = System.nanoTime();
                for (int i = 0; i < needs.size(); i++) {
                    var due = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    var need = needs.get(i);
                    senders.execute(() -> send(need));
                }
            }
            sending = false;
            try {
                watcher.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            for (var http : idle) {
                http.close();
            }
            took.values().forEach(answers::add);
            answered.forEach((id, at) -> {
                var when = seen.get(id);
                if (when != null) {
                    visible.add(Math.max(0, when - at));
                }
            });
        }

        private void send(NovaNecessidade need) {
            var id = requireNonNull(need.id());
            sent.incrementAndGet();
            try {
                var http = idle.poll();
                if (http == null) {
                    http = program.http();
                }
                outstanding.put(id, true);
                var begin = System.nanoTime();
                http.send(Lab.creation(need)).with(201);
                var end = System.nanoTime();
                took.put(id, end - begin);
                answered.put(id, end);
                idle.add(http);
            } catch (IOException | IllegalStateException _) {
                outstanding.remove(id);
                failed.incrementAndGet();
            }
        }

        /// Until everything is seen, at most 10 s after the last command.
        private boolean watch() throws SQLException {
            try (var connection = database.connect();
                    var select = connection.prepareStatement("select id from necessidade_v2 where id = any(?)")) {
                var last = System.nanoTime();
                while (sending || (!outstanding.isEmpty() && System.nanoTime() - last < 10_000_000_000L)) {
                    if (sending) {
                        last = System.nanoTime();
                    }
                    if (!outstanding.isEmpty()) {
                        select.setArray(
                                1,
                                connection.createArrayOf(
                                        "uuid", outstanding.keySet().toArray()));
                        try (var rows = select.executeQuery()) {
                            while (rows.next()) {
                                var id = rows.getObject(1, UUID.class);
                                seen.put(id, System.nanoTime());
                                outstanding.remove(id);
                            }
                        }
                    }
                    LockSupport.parkNanos(800_000);
                }
            }
            return true;
        }

        int unseen() {
            return answered.size() - visible.size();
        }
    }
}
