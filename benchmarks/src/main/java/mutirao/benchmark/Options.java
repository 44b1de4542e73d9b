package mutirao.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param sections letters, `a` to `i`
/// @param effort   how much of everything
/// @param floods   how many times the real flood the events are
/// @param heap     `-Xmx` of every program that is measured
/// @param database a JDBC URL with user and password of a PostgreSQL server to make databases in; null for the embedded
record Options(
        Set<String> sections,
        Effort effort,
        int floods,
        Path data,
        @Nullable String database,
        String heap,
        long seed,
        Path report) {
    /// How much of everything.
    enum Effort {
        /// What figures take.
        FULL,
        /// What trying takes.
        QUICK,
        /// So little that it only tells whether everything runs.
        SMOKE
    }

    private static final Path MADE_UP = Path.of("benchmarks/smoke.ndjson");
    static final String HELP = """
            benchmarks/run [options]

            Measures Mutirão against plain alternatives, each pair in one run on this machine, and prints one table of
            ratios. Also written to benchmarks/report: latest.json, latest.md, latest.svg. Takes about 35 minutes.

              --sections a,b,..   only these (default: all)
                                    a  HTTP creates against pgbench and a Spring Data JPA controller
                                    b  rebuild of each projection against Axon with JPA and against COPY
                                    c  commands on aggregates of 1, 100 and 10,000 events
                                    d  how soon events are visible, at 200 commands/s
                                    e  list pages at a million rows against the same SQL
                                    f  start to ready and memory, with and without an AOT cache
                                    g  bytes per event on disk
                                    h  processor time of the token check
                                    i  messaging over Kafka, RabbitMQ and Redis against their plain clients
              --quick             fewer events, shorter times, about 6 minutes: for trying, not for figures
              --smoke             each part once, in a minute or two, without figures or report: ends with 1 where one does
                                  not run; on made-up shelters unless --data names others
              --scale N           the events of N floods, about 13,000 each (default: 30, quick: 3, smoke: 5 small ones)
              --data FILE         the flood, sos-rs-2024.ndjson (default: ../shared/data/sos-rs-2024.ndjson)
              --database URL      jdbc:postgresql://host:port/postgres?user=..&password=.. of a server to make (and drop)
                                  databases mutirao_bench_* in (default: an embedded PostgreSQL 18, fsync on)
              --heap SIZE         -Xmx of each measured program (default: 2g)
              --seed N            of the generated events (default: 2024)
              --report DIR        where to write the report (default: benchmarks/report)
              --help              this
            """;
    private static final Set<String> ALL = new TreeSet<>(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));

    /// The command line cannot be followed; the message says why.
    static final class Wrong extends RuntimeException {
        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    /// @throws Wrong when it cannot be followed
    static Options of(List<String> arguments) {
        Set<String> sections = ALL;
        var effort = Effort.FULL;
        @Nullable Integer floods = null;
        @Nullable Path data = null;
        @Nullable String database = null;
        var heap = "2g";
        var seed = 2024L;
        var report = Path.of("benchmarks/report");
        var left = arguments.iterator();
        while (left.hasNext()) {
            var option = left.next();
            if (option.equals("--quick") || option.equals("--smoke")) {
                effort = Effort.valueOf(option.substring(2).toUpperCase(Locale.ROOT));
                continue;
            }
            if (!Set.of("--sections", "--scale", "--data", "--database", "--heap", "--seed", "--report")
                    .contains(option)) {
                throw new Wrong("unknown option " + option + ", see --help");
            }
            if (!left.hasNext()) {
                throw new Wrong(option + " needs a value, see --help");
            }
            var value = left.next();
            switch (option) {
                case "--sections" -> sections = sections(value);
                case "--scale" -> floods = (int) number(option, value, 1, 1000);
                case "--data" -> data = Path.of(value);
                case "--database" -> database = value;
                case "--heap" -> heap = value;
                case "--seed" -> seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> report = Path.of(value);
            }
        }
        if (data == null) {
            data = effort == Effort.SMOKE ? MADE_UP : Path.of("../shared/data/sos-rs-2024.ndjson");
        }
        if (!Files.isReadable(data)) {
            throw new Wrong("no data at " + data.toAbsolutePath().normalize()
                    + ": name the flood's file sos-rs-2024.ndjson with --data");
        }
        if (database != null && !database.startsWith("jdbc:postgresql:")) {
            throw new Wrong("--database takes a URL that begins with jdbc:postgresql:");
        }
        if (!heap.matches("[1-9]\\d*[kmgKMG]")) {
            throw new Wrong("--heap takes a size as -Xmx does, such as 2g");
        }
        return new Options(
                sections,
                effort,
                floods == null ? amount(effort, 30, 3, 5) : floods,
                data,
                database,
                heap,
                seed,
                report);
    }

    private static Set<String> sections(String value) {
        var asked = new TreeSet<>(List.of(value.split(",")));
        if (!ALL.containsAll(asked)) {
            throw new Wrong("--sections takes letters out of " + String.join(",", ALL));
        }
        return asked;
    }

    private static long number(String option, String value, long from, long to) {
        try {
            var number = Long.parseLong(value);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new Wrong(option + " takes a whole number from " + from + " to " + to);
    }

    /// The one for this effort.
    int amount(int full, int quick, int smoke) {
        return amount(effort, full, quick, smoke);
    }

    private static int amount(Effort effort, int full, int quick, int smoke) {
        return switch (effort) {
            case FULL -> full;
            case QUICK -> quick;
            case SMOKE -> smoke;
        };
    }

    /// Whether what comes of it is not worth looking at.
    boolean smoke() {
        return effort == Effort.SMOKE;
    }
}
