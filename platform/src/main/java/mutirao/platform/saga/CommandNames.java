package mutirao.platform.saga;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import mutirao.api.DomainCommand;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.EventTypes;

/// The name under which a command lies in a job, `<context>.<Command>`, both ways.
final class CommandNames {
    private final Map<String, Class<? extends DomainCommand>> byName = new TreeMap<>();

    CommandNames(Collection<Context> contexts) {
        contexts.forEach(context -> EventTypes.leaves(context.commands())
                .forEach(command -> byName.put(
                        context.name() + "." + command.getSimpleName(), command.asSubclass(DomainCommand.class))));
    }

    static String nameOf(DomainCommand command) {
        return command.id().context() + "." + command.getClass().getSimpleName();
    }

    /// @throws IllegalArgumentException for a name this version does not know
    Class<? extends DomainCommand> classOf(String name) {
        var command = byName.get(name);
        if (command == null) {
            throw new IllegalArgumentException("unknown command " + name);
        }
        return command;
    }
}
