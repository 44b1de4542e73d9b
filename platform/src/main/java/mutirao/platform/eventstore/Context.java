package mutirao.platform.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/// A bounded context that decides: what can be asked of it, and what can happen in it. It is found by where its
/// vocabulary stands, `mutirao.<context>.api` with `XCommand` and `XEvent`, so nobody has to name it anywhere.
///
/// @param name     prefix of its stored event names and the `aggregateType` of the audit
/// @param commands the sealed interface of its commands
/// @param events   the sealed interface of its events
public record Context(String name, Class<? extends DomainCommand> commands, Class<? extends DomainEvent> events) {
    private static final String EVENTS = "classpath*:mutirao/*/api/*Event.class";
    private static final List<Context> ALL = find();

    /// Every context on the class path, by name.
    ///
    /// @throws IllegalStateException when one has events that nobody can ask for, or are not sealed
    public static List<Context> all() {
        return ALL;
    }

    private static List<Context> find() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(EVENTS))
                    .map(Context::nameOf)
                    .distinct()
                    .map(Context::of)
                    .sorted(Comparator.comparing(Context::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Resource events) {
        try {
            var path = events.getURL().getPath();
            return path.substring(path.lastIndexOf("mutirao/"), path.length() - ".class".length())
                    .replace('/', '.');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Context of(String events) {
        try {
            var loader = ClassUtils.getDefaultClassLoader();
            var event = Class.forName(events, false, loader).asSubclass(DomainEvent.class);
            var command = Class.forName(events.replaceFirst("Event$", "Command"), false, loader)
                    .asSubclass(DomainCommand.class);
            if (!event.isSealed() || !command.isSealed()) {
                throw new IllegalStateException(events + " or its commands are not sealed");
            }
            return new Context(EventTypes.contextOf(event), command, event);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(events + " has no commands beside it", e);
        }
    }

    /// Its events.
    Stream<Class<? extends DomainEvent>> eventTypes() {
        return EventTypes.leaves(events).map(event -> event.asSubclass(DomainEvent.class));
    }
}
