package mutirao.benchmark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.benchmark.Lab.Section;
import org.springframework.util.FileSystemUtils;

/// Runs what was asked for and prints one table. Started by `benchmarks/run`, from the project's root.
public final class Benchmark {
    private static final Map<String, Section> SECTIONS = Map.of(
            "a", Creates::run,
            "b", Rebuilds::run,
            "c",
                    lab -> {
                        Aggregates.run(lab);
                        Holds.run(lab);
                    },
            "d", LiveTail::run,
            "e", Pages::run,
            "f", Starts::run,
            "g", Bytes::run,
            "h", TokenCheck::run,
            "i", Brokers::run);

    private Benchmark() {}

    /// Exits with 0 when everything was measured (whether or not the bars were met), 1 when something could not be, 2
    /// when the arguments are wrong.
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(Options.HELP);
            return 0;
        }
        try {
            return run(Options.of(arguments));
        } catch (Options.Wrong e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (Exception e) { // whatever is wrong, somebody looks at the terminal
            e.printStackTrace();
            return 1;
        }
    }

    private static int run(Options options) throws Exception {
        var work = Path.of("benchmarks/target/run").toAbsolutePath();
        FileSystemUtils.deleteRecursively(work);
        Files.createDirectories(work);
        var report = new Report(!options.smoke());
        var begin = Instant.now();
        try (var server = Server.start(options.database(), work.resolve("postgres"))) {
            circumstances(report, options, server, begin);
            var program = Program.unpack(jar(), work, options);
            var lab = new Lab(options, server, program, report, work);
            for (var section : options.sections()) {
                measure(lab, section);
            }
        }
        var took = begin.until(Instant.now(), ChronoUnit.SECONDS) + " s";
        if (options.smoke()) {
            System.out.println(report.failures() + (report.complete() ? "everything runs, " : "") + took);
            return report.complete() ? 0 : 1;
        }
        report.fact("took", took);
        report.write(options.report());
        System.out.println("\n" + report.table());
        System.out.println("written to " + options.report());
        return report.complete() ? 0 : 1;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // whoever runs it looks at the terminal
    private static void measure(Lab lab, String section) throws InterruptedException {
        System.out.println("(" + section + ") " + Report.SECTIONS.get(section));
        try {
            requireNonNull(SECTIONS.get(section)).run(lab);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever is wrong with one section, the others are measured
            e.printStackTrace();
            lab.report.failed(section, e);
        }
    }

    private static void circumstances(Report report, Options options, Server server, Instant begin) throws Exception {
        var runtime = Runtime.version();
        report.fact("run at", begin.truncatedTo(ChronoUnit.SECONDS));
        report.fact("revision", output("git", "describe", "--always", "--dirty", "--abbrev=12"));
        report.fact("kind", options.effort().name().toLowerCase(Locale.ROOT));
        report.fact("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + memory());
        report.fact("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        report.fact("JDK", runtime + " (" + System.getProperty("java.vm.name") + ")");
        report.fact("heap of each measured program", options.heap());
        report.fact(
                "load average before the run", Figure.number(load()) + (load() > 0.5 ? ", not a quiet machine" : ""));
        report.fact("load generator", "Java threads on blocking sockets, in the process that runs the benchmark");
        server.settings().forEach((name, value) -> report.fact("PostgreSQL " + name, value));
        report.fact("PostgreSQL is", options.database() == null ? "embedded, started for the run" : "the user's own");
    }

    private static String processor() throws IOException {
        var info = Path.of("/proc/cpuinfo");
        if (Files.notExists(info)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.0f GiB", system.getTotalMemorySize() / (double) (1 << 30))
                : "";
    }

    private static String output(String... command) throws IOException {
        try {
            var process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException _) {
            return "unknown";
        }
    }

    private static Path jar() throws IOException {
        var target = Path.of("standalone/target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                var found = files.filter(file -> file.getFileName()
                                .toString()
                                .matches("mutirao-standalone-.*(?<!-sources)(?<!-javadoc)\\.jar"))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new Options.Wrong(
                "no program in standalone/target: run this with benchmarks/run, from the project's root");
    }
}
