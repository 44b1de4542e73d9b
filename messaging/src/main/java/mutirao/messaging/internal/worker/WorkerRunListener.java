package mutirao.messaging.internal.worker;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import mutirao.messaging.internal.Choice;
import mutirao.messaging.internal.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Makes any application that is started with the word `consumer` a worker. Without the word it does nothing.
final class WorkerRunListener implements SpringApplicationRunListener, Ordered {
    private static final int WRONG_USAGE = 2;

    private final @Nullable WorkerCommand command;

    /// Ends the process when its arguments ask for help or are wrong.
    WorkerRunListener(SpringApplication application, String[] args) {
        command = WorkerCommand.isMeantBy(args) ? read(args) : null;
        if (command != null) {
            application.setWebApplicationType(WebApplicationType.NONE);
        }
    }

    private static WorkerCommand read(String... args) {
        try {
            var command = WorkerCommand.parse(args);
            if (command.help()) {
                exit(0, System.out, WorkerCommand.usage());
            }
            return command;
        } catch (ParameterException e) {
            throw exit(WRONG_USAGE, System.err, explain(e));
        }
    }

    private static String explain(ParameterException e) {
        var suggestions = new StringWriter();
        UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions, true));
        return "consumer: %s%n%s%nconsumer --help shows how to use it%n".formatted(e.getMessage(), suggestions);
    }

    private static IllegalStateException exit(int code, PrintStream out, String text) {
        out.print(text);
        out.flush();
        System.exit(code);
        return new IllegalStateException("goes on after its end");
    }

    /// Before the configuration files are read, which may depend on what is changed here.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        if (command == null) {
            return;
        }
        var sources = environment.getPropertySources();
        if (sources.contains(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME)) {
            // Else `--group a` would be an empty property `group`.
            sources.replace(
                    CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
                    new SimpleCommandLinePropertySource(command.rest()));
        }
        sources.addFirst(new MapPropertySource("consumer", command.properties()));
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        if (command == null) {
            return;
        }
        if (context instanceof GenericApplicationContext generic) {
            // It runs when all handlers are known and none has begun.
            generic.registerBean("messagingWorker", SmartInitializingSingleton.class, () -> () -> requireWork(context));
        }
        context.addApplicationListener((ContextClosedEvent event) -> {
            if (event.getApplicationContext().equals(context)) {
                context.getBeanProvider(Settings.class).ifAvailable(WorkerRunListener::sayThatItEnds);
            }
        });
    }

    private static void requireWork(ConfigurableApplicationContext context) {
        context.getBeanProvider(Choice.class)
                .ifAvailable(choice -> choice.complaint().ifPresent(complaint -> {
                    throw new WrongUsage(complaint);
                }));
    }

    private static void sayThatItEnds(Settings settings) {
        say("stopping: takes nothing new, finishes what runs within %d s"
                .formatted(settings.shutdownTimeout().toSeconds()));
    }

    @Override
    public void ready(ConfigurableApplicationContext context, @Nullable Duration taken) {
        if (command != null && command.timeout().isPositive()) {
            var timeout = command.timeout();
            var timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("consumer-timeout").factory());
            var _ = timer.schedule(() -> end(context, timeout), timeout.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void end(ConfigurableApplicationContext context, Duration timeout) {
        say("%d s are over".formatted(timeout.toSeconds()));
        System.exit(SpringApplication.exit(context));
    }

    /// To people; what is logged may go elsewhere.
    private static void say(String line) {
        System.err.println("consumer: " + line);
    }
}
