package mutirao.platform.saga;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Sender;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Faults;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Commands on their way: stored in the sender's transaction, sent after it by db-scheduler, retried with growing
/// pauses on technical faults, and parked with their sequence when the retries are used up.
public final class CommandJobs {
    private static final Logger LOG = LoggerFactory.getLogger(CommandJobs.class);
    private static final TaskDescriptor<CommandJob> TASK = TaskDescriptor.of("comando", CommandJob.class);

    private final Supplier<SchedulerClient> scheduler;
    private final Commands commands;
    private final CommandNames names;
    private final DeadLetters letters;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final JobSettings settings;
    private final JsonMapper json = AxonJson.mapper();
    private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();

    CommandJobs(
            Supplier<SchedulerClient> scheduler,
            Commands commands,
            CommandNames names,
            DeadLetters letters,
            TransactionTemplate transaction,
            Clock clock,
            JobSettings settings) {
        this.scheduler = scheduler;
        this.commands = commands;
        this.names = names;
        this.letters = letters;
        this.transaction = transaction;
        this.clock = clock;
        this.settings = settings;
    }

    /// Hears that a command was refused.
    interface Refusals {
        void refused(UUID sequence, DomainCommand command, String reason, CommandJob job);
    }

    void onRefusal(String source, Refusals heard) {
        refusals.put(source, heard);
    }

    /// Stores commands in the running transaction.
    void store(String source, String sequence, List<Order> orders, EventMeta cause) {
        store(
                source,
                sequence,
                orders,
                cause.eventId(),
                cause.organizationId(),
                Optional.ofNullable(cause.correlationId()).orElse(cause.eventId()));
    }

    void store(String source, String sequence, List<Order> orders, CommandJob cause) {
        store(
                source,
                sequence,
                orders,
                cause.causationId() + ":" + cause.type(),
                cause.organizationId(),
                cause.correlationId());
    }

    private void store(
            String source, String sequence, List<Order> orders, String cause, UUID organization, String correlation) {
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            var job = new CommandJob(
                    source,
                    sequence,
                    CommandNames.nameOf(order.command()),
                    json.writeValueAsString(order.command()),
                    organization,
                    correlation,
                    cause,
                    null);
            var instance = TASK.instance(source + ":" + sequence + ":" + cause + ":" + i)
                    .data(job)
                    .build();
            scheduler.get().scheduleIfNotExists(instance, order.at() == null ? clock.instant() : order.at());
        }
    }

    /// The task that db-scheduler runs.
    Task<CommandJob> task() {
        return Tasks.oneTime(TASK).onFailure(this::failed).execute((instance, _) -> send(instance.getData()));
    }

    /// Attempts while the engine or the database is away are not the command's: it is sent until they are back.
    private void failed(ExecutionComplete complete, ExecutionOperations<CommandJob> operations) {
        var job = (CommandJob) complete.getExecution().taskInstance.getData();
        var cause = complete.getCause().orElseGet(IllegalStateException::new);
        var inARow = complete.getExecution().consecutiveFailures + 1;
        var failures = job.own(inARow);
        if (Faults.transientFault(cause)) {
            operations.reschedule(complete, clock.instant().plus(settings.pauseWhileAway(inARow)), job.awayAgain());
        } else if (failures < settings.attempts()) {
            operations.reschedule(complete, clock.instant().plus(settings.pauseAfter(failures)));
        } else {
            transaction.executeWithoutResult(_ -> {
                park(job, cause);
                operations.remove();
            });
        }
    }

    private void park(CommandJob job, Throwable cause) {
        LOG.warn("{}: {} is parked after {} attempts", job.source(), job.type(), settings.attempts(), cause);
        letters.park(
                job.source(),
                job.sequence(),
                job.type(),
                job.payload(),
                json.writeValueAsString(job),
                cause,
                settings.attempts());
    }

    /// Sends a parked command again.
    ///
    /// @param metadata as it was parked
    void redo(String metadata) {
        send(json.readValue(metadata, CommandJob.class));
    }

    private void send(CommandJob job) {
        var command = (DomainCommand) json.readValue(job.payload(), names.classOf(job.type()));
        var sender = Sender.system(job.source(), job.organizationId(), job.correlationId(), job.causationId());
        try {
            commands.send(command, sender);
        } catch (RuleViolation e) {
            refused(job, command, e.code());
        } catch (AggregateNotFoundException e) {
            refused(job, command, "NOT_FOUND");
        }
    }

    private void refused(CommandJob job, DomainCommand command, String reason) {
        LOG.debug("{} {}: {} refused: {}", job.source(), job.sequence(), job.type(), reason);
        Optional.ofNullable(refusals.get(job.source()))
                .ifPresent(heard -> heard.refused(UUID.fromString(job.sequence()), command, reason, job));
    }

    /// Lets the scheduler look at once; commands stored since are sent without waiting for its next poll.
    void hurry() {
        if (scheduler.get() instanceof Scheduler running) {
            running.triggerCheckForDueExecutions();
        }
    }
}
