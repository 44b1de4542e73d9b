package mutirao.platform.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.stream.NotNow;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/// Sends commands and waits until their events are durable. Thread-safe.
public final class Commands {
    /// How long an answer may take: longer than anything that is answered at all, in this process or another.
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /// Sends a command.
    ///
    /// @return where its events went
    /// @throws RuleViolation                    when a rule refuses it
    /// @throws Forbidden                        when the sender may not do that
    /// @throws VersionConflict                  when the aggregate is not at the version the sender expects
    /// @throws IdempotencyConflict              when the sender's key was used for something else or is in use
    /// @throws AggregateNotFoundException       when there is no such aggregate
    /// @throws AggregateStreamCreationException when the new id is already used
    /// @throws ConcurrencyException             when others kept winning the race
    /// @throws NotNow                           when it cannot be handled now; whether it was is not known
    public Receipt send(DomainCommand command, Sender sender)
            throws RuleViolation, Forbidden, VersionConflict, IdempotencyConflict, AggregateNotFoundException,
                    AggregateStreamCreationException, ConcurrencyException, NotNow {
        PendingReceipt pending;
        try {
            pending = gateway.sendAndWait(
                    new GenericCommandMessage<>(command, sender.metadata()), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            throw Failure.decoded(e);
        }
        return pending.get();
    }
}
