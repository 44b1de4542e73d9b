package mutirao.platform.test;

import com.google.protobuf.InvalidProtocolBufferException;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import java.io.UncheckedIOException;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.callbacks.NoOpCallback;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.serialization.Serializer;

/// What lies between the two ends of Axon Server's command bus without the server: commands and their answers become
/// the bytes that its connector sends, and are read back from them.
public final class Travessia implements CommandBus {
    private final CommandBus local;
    private final CommandSerializer wire;

    /// @param local    the segment that handles
    /// @param messages the program's serializer of messages
    public Travessia(CommandBus local, Serializer messages) {
        this.local = local;
        this.wire = new CommandSerializer(
                messages,
                AxonServerConfiguration.builder().componentName("teste").build());
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        dispatch(command, NoOpCallback.INSTANCE);
    }

    @Override
    @SuppressWarnings("unchecked") // what crosses has lost its type
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        try {
            var sent = Command.parseFrom(wire.serialize(command, "chave", 0).toByteArray());
            local.dispatch(
                    (CommandMessage<C>) wire.deserialize(sent),
                    (_, result) -> callback.onResult(command, back(result, sent)));
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <R> CommandResultMessage<R> back(CommandResultMessage<?> result, Command sent) {
        try {
            var bytes = wire.serialize(result, sent.getMessageIdentifier()).toByteArray();
            return wire.deserialize(CommandResponse.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Registration subscribe(String name, MessageHandler<? super CommandMessage<?>> handler) {
        return local.subscribe(name, handler);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return local.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return local.registerDispatchInterceptor(interceptor);
    }
}
