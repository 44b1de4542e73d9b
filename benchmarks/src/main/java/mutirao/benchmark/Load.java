package mutirao.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests as fast as they are answered, over so many connections.
final class Load {
    private Load() {}

    /// What came of it.
    ///
    /// @param nanos    each request's time
    /// @param ownShare processor time of this process, as a share of the whole machine, 0 to 1
    record Result(double perSecond, Nanos nanos, double ownShare) {
        /// The one in the middle of several, by its rate.
        static Result median(List<Result> results) {
            return results.stream()
                    .sorted(Comparator.comparingDouble(Result::perSecond))
                    .toList()
                    .get(results.size() / 2);
        }
    }

    /// @param requests taken in turn, again from the first after the last
    /// @param expected each answer's status
    static Result run(Child program, int connections, Duration time, List<byte[]> requests, int expected)
            throws InterruptedException {
        var cpu = ownCpu();
        var begin = System.nanoTime();
        var end = begin + time.toNanos();
        var work = new ArrayList<Callable<Nanos>>();
        for (int i = 0; i < connections; i++) {
            var first = i;
            work.add(() -> connection(program, end, requests, first, connections, expected));
        }
        var all = new Nanos();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (Future<Nanos> done : threads.invokeAll(work)) {
                all.add(done.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        var took = System.nanoTime() - begin;
        var share = (double) (ownCpu() - cpu) / took / Runtime.getRuntime().availableProcessors();
        return new Result(all.size() / (took / 1e9), all, share);
    }

    /// In turns until all have been compiled: so many creates of each, at most two minutes for each.
    static void warmUp(Options options, List<Child> programs, List<byte[]> creates) throws InterruptedException {
        var time = Duration.ofSeconds(options.amount(120, 12, 1)).multipliedBy(programs.size());
        var until = System.nanoTime() + time.toNanos();
        var done = 0;
        while (done < options.amount(80_000, 3000, 100) && System.nanoTime() < until) {
            var fewest = Integer.MAX_VALUE;
            for (var program : programs) {
                var second = run(program, 16, Duration.ofSeconds(1), creates, 201);
                fewest = Math.min(fewest, second.nanos().size());
            }
            done += fewest;
        }
    }

    private static Nanos connection(Child program, long end, List<byte[]> requests, int first, int step, int expected)
            throws IOException {
        var nanos = new Nanos();
        try (var http = program.http()) {
            for (int i = first; System.nanoTime() < end; i += step) {
                var begin = System.nanoTime();
                http.send(requests.get(i % requests.size())).with(expected);
                nanos.add(System.nanoTime() - begin);
            }
        }
        return nanos;
    }

    private static long ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
