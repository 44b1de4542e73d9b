package mutirao.messaging.internal.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the command line of a worker process says.
@Command(
        name = "java -jar application.jar consumer",
        description = "Consumes messages, and serves no web. Several may run side by side.%n",
        sortOptions = false,
        footer = {
            "",
            "Any property of the application may follow: --mutirao.messaging.broker=redis",
            "",
            "Ends with 0 after --help or --timeout, 2 when this command is wrong, 1 when the application does not"
                    + " start, 143 after SIGTERM and 130 after SIGINT: it takes nothing new then, finishes what runs"
                    + " within mutirao.messaging.shutdown-timeout, and leaves the rest to others."
        })
final class WorkerCommand {
    /// The first word of a worker's arguments.
    static final String WORD = "consumer";

    private static final Set<String> VALUED = Set.of("--topic", "--group", "--prefetch", "--timeout");

    @Option(names = "--topic", paramLabel = "<topic>", description = "only handlers of this topic; may be repeated")
    private final Set<String> topics = new LinkedHashSet<>();

    @Option(names = "--group", paramLabel = "<group>", description = "only handlers of this group; may be repeated")
    private final Set<String> groups = new LinkedHashSet<>();

    @Option(
            names = "--prefetch",
            paramLabel = "<n>",
            description = "messages taken from one partition before the first of them is done, at least 1")
    private @Nullable Integer prefetch;

    @Option(names = "--timeout", paramLabel = "<s>", description = "ends by itself after so many seconds; 0 for never")
    private int timeout;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    private final List<String> rest = new ArrayList<>();

    private WorkerCommand() {}

    /// Whether a process with these arguments is to be a worker: [#WORD] is the first that is neither an option nor
    /// an option's value.
    static boolean isMeantBy(String... args) {
        return wordAt(args) >= 0;
    }

    private static int wordAt(String... args) {
        for (var i = 0; i < args.length; i++) {
            if (VALUED.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return args[i].equals(WORD) ? i : -1;
            }
        }
        return -1;
    }

    /// Reads them.
    ///
    /// @throws ParameterException when they are wrong
    static WorkerCommand parse(String... args) {
        var command = new WorkerCommand();
        var own = new ArrayList<String>();
        var word = wordAt(args);
        for (var i = 0; i < args.length; i++) {
            if (i != word) {
                (isProperty(args[i]) ? command.rest : own).add(args[i]);
            }
        }
        var line = new CommandLine(command).setExpandAtFiles(false);
        line.parseArgs(own.toArray(String[]::new));
        requireAtLeast(line, "--prefetch", 1, command.prefetch);
        requireAtLeast(line, "--timeout", 0, command.timeout);
        return command;
    }

    /// `--name=value` is a property of the application, unless it looks like an option of ours: `--topics=a` would
    /// mean nothing to anybody, and the worker would consume everything.
    private static boolean isProperty(String arg) {
        var end = arg.indexOf('=');
        if (!arg.startsWith("--") || end < 3) {
            return false;
        }
        var name = arg.substring(0, end);
        return name.contains(".") || VALUED.stream().noneMatch(name::startsWith);
    }

    private static void requireAtLeast(CommandLine line, String option, int least, @Nullable Integer given) {
        if (given != null && given < least) {
            throw new ParameterException(line, "%s is at least %d: %d".formatted(option, least, given));
        }
    }

    /// Whether nothing is asked for but how to use it.
    boolean help() {
        return help;
    }

    /// How to use it.
    static String usage() {
        return new CommandLine(new WorkerCommand()).getUsageMessage();
    }

    /// How long it runs; zero for until it is told to end.
    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    /// The arguments that are the application's.
    String[] rest() {
        return rest.toArray(String[]::new);
    }

    /// What makes the application a worker, as its properties.
    Map<String, Object> properties() {
        var properties = new HashMap<String, Object>();
        properties.put("spring.main.web-application-type", "none");
        properties.put("spring.main.keep-alive", true);
        // Handlers are found as their beans are made.
        properties.put("spring.main.lazy-initialization", false);
        properties.put("mutirao.messaging.consumers.enabled", true);
        if (!topics.isEmpty()) {
            properties.put("mutirao.messaging.consumers.topics", String.join(",", topics));
        }
        if (!groups.isEmpty()) {
            properties.put("mutirao.messaging.consumers.groups", String.join(",", groups));
        }
        if (prefetch != null) {
            properties.put("mutirao.messaging.prefetch", prefetch);
        }
        return properties;
    }
}
