package mutirao.platform.command;

import mutirao.platform.stream.NotNow;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.MessageHandler;

/// The command bus of this process, whether commands come to it straight or through Axon Server: it has each handled in
/// its turn, and gives every failure the [Failure.Code] that crosses to the sender.
final class LocalSegment extends SimpleCommandBus {
    private final CommandGate gate;

    LocalSegment(Builder builder, CommandGate gate) {
        super(builder);
        this.gate = gate;
    }

    @Override
    protected <C, R> void doDispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        super.<C, R>doDispatch(command, (sent, result) -> callback.onResult(sent, Failure.coded(result)));
    }

    /// The transaction, and with it the connection, begins in here.
    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        try {
            gate.pass(command, () -> super.<C, R>handle(command, handler, callback));
        } catch (NotNow e) {
            callback.onResult(command, new GenericCommandResultMessage<>(e));
        }
    }
}
