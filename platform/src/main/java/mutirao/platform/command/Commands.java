package mutirao.platform.command;

import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.platform.identity.Forbidden;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConflictingModificationException;

/// Sends commands and waits until their events are durable. Thread-safe.
public final class Commands {
    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /// Sends a command.
    ///
    /// @return where its events went
    /// @throws RuleViolation       when a rule refuses it
    /// @throws Forbidden           when the sender may not do that
    /// @throws VersionConflict     when the aggregate is not at the version the sender expects
    /// @throws IdempotencyConflict when the sender's key was used for something else or is in use
    /// @throws AggregateNotFoundException       when there is no such aggregate
    /// @throws AggregateStreamCreationException when the new id is already used
    /// @throws ConcurrencyException             when others kept winning the race
    public Receipt send(DomainCommand command, Sender sender) {
        try {
            PendingReceipt pending = gateway.sendAndWait(new GenericCommandMessage<>(command, sender.metadata()));
            return pending.get();
        } catch (CommandExecutionException e) {
            throw e.<String>getDetails().map(Commands::refusal).orElse(e);
        } catch (ConflictingModificationException e) {
            throw new VersionConflict(String.valueOf(e.getMessage()));
        }
    }

    private static RuntimeException refusal(String code) {
        return code.equals(Forbidden.CODE) ? new Forbidden() : new RuleViolation(code);
    }
}
