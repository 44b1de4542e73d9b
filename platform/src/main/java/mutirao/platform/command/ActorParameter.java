package mutirao.platform.command;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.ActorMetadata;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/// Gives a handler that asks for an [Actor] whoever the message's metadata names. Found by Axon through
/// `META-INF/services`.
public final class ActorParameter implements ParameterResolverFactory {
    @Override
    public @Nullable ParameterResolver<Actor> createInstance(Executable handler, Parameter[] parameters, int index) {
        return parameters[index].getType() != Actor.class
                ? null
                : new ParameterResolver<>() {
                    @Override
                    public Actor resolveParameterValue(Message<?> message) {
                        return ActorMetadata.actor(message.getMetaData());
                    }

                    @Override
                    public boolean matches(Message<?> message) {
                        return true;
                    }
                };
    }
}
