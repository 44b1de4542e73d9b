package mutirao.platform.command;

import mutirao.api.DomainCommand;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/// The aggregate that a command names, at the version that its sender expects.
final class VersionedTarget implements CommandTargetResolver {
    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
        if (message.getPayload() instanceof DomainCommand command) {
            return new VersionedAggregateIdentifier(
                    command.id(), (Long) message.getMetaData().get(Sender.EXPECTED_VERSION));
        }
        throw new IllegalArgumentException(message.getPayloadType() + " names no aggregate");
    }
}
