package mutirao.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// (f) The standalone program on a data directory that is there, from the start of its process until it is ready, and
/// what it takes then, with and without the JDK's AOT cache.
final class Starts {
    private final Lab lab;
    private final Path data;

    private Starts(Lab lab) {
        this.lab = lab;
        this.data = lab.work.resolve("own");
    }

    static void run(Lab lab) throws IOException, InterruptedException {
        new Starts(lab).run();
    }

    private record Started(double seconds, double mib) {}

    private void run() throws IOException, InterruptedException {
        var cache = lab.work.resolve("program.aot");
        if (!lab.options.smoke()) {
            start(List.of()); // makes the database, which else the next one does
        }
        start(List.of("-XX:AOTCacheOutput=" + cache));
        var plain = new ArrayList<Started>();
        var cached = new ArrayList<Started>();
        for (int i = 0; i < lab.options.amount(3, 1, 1); i++) {
            plain.add(start(List.of()));
            cached.add(start(List.of("-XX:AOTCache=" + cache)));
        }
        var note = "median of " + plain.size() + "; embedded PostgreSQL started with it";
        add("start to ready, AOT cache", "s", plain, cached, Started::seconds, note);
        add("resident memory, AOT cache", "MiB", plain, cached, Started::mib, "of the JVM, 2 s after ready");
    }

    private void add(
            String name,
            String unit,
            List<Started> plain,
            List<Started> cached,
            ToDoubleFunction<Started> value,
            String note) {
        lab.report.add(new Figure("f", name, median(cached, value), median(plain, value), unit, "without", null, note));
    }

    private Started start(List<String> jvm) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        try (var program = lab.program.own(data, jvm)) {
            program.ready(Program.READY);
            var took = Duration.ofNanos(System.nanoTime() - begin);
            try (var http = program.http()) {
                http.get("/api/necessidades").with(200);
            }
            TimeUnit.SECONDS.sleep(2);
            return new Started(took.toNanos() / 1e9, program.residentMib());
        }
    }

    private static double median(List<Started> all, ToDoubleFunction<Started> value) {
        return all.stream().mapToDouble(value).sorted().toArray()[all.size() / 2];
    }
}
