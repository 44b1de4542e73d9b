package mutirao.platform.command;

import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.eventstore.EventLog;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every installation has, however old: aggregates whose ids are the same everywhere, so that the store takes each
/// once, whichever process is first and however often it starts.
public final class Beginning {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    private final Commands commands;
    private final EventLog log;

    Beginning(Commands commands, EventLog log) {
        this.commands = commands;
        this.log = log;
    }

    /// Makes an aggregate unless the store knows it.
    ///
    /// @param job          who makes it: `job:<name>` in its event
    /// @param organization whose it is
    public void with(DomainCommand creation, String job, UUID organization) {
        if (log.organizationOf(creation.id().stored()).isPresent()) {
            return;
        }
        var cause = UUID.randomUUID().toString();
        try {
            commands.send(creation, Sender.system(job, organization, cause, cause));
        } catch (RuleViolation | AggregateStreamCreationException | ConcurrencyException e) {
            LOG.info("another process has been faster than {}", job, e);
        }
    }
}
