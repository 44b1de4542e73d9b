package mutirao.platform.eventstore;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import org.axonframework.serialization.RevisionResolver;
import org.jspecify.annotations.Nullable;

/// The stored name of every event class, both ways. Immutable.
public final class EventTypes implements RevisionResolver {
    private final Map<String, Class<? extends DomainEvent>> byName = new TreeMap<>();

    /// @throws IllegalStateException when an event has no [EventType], lacks an upcast, or two share one name
    public EventTypes(Collection<Context> contexts) {
        contexts.stream().flatMap(Context::eventTypes).forEach(event -> {
            var type = event.getAnnotation(EventType.class);
            if (type == null) {
                throw new IllegalStateException(event + " has no @EventType");
            }
            if (type.upcasts().length != Integer.parseInt(type.revision()) - 1) {
                throw new IllegalStateException(type.value() + " has another number of upcasts than older revisions");
            }
            if (byName.put(type.value(), event) != null) {
                throw new IllegalStateException("two events are stored as " + type.value());
            }
        });
    }

    /// The records below a sealed interface.
    public static Stream<Class<?>> leaves(Class<?> sealed) {
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(EventTypes::leaves)
                : Stream.of(sealed);
    }

    /// The context of the events below a sealed interface: what their stored names begin with.
    ///
    /// @throws IllegalArgumentException when they are of several, or none
    public static String contextOf(Class<? extends DomainEvent> sealed) {
        var contexts = leaves(sealed)
                .map(event -> nameOf(event).orElse(""))
                .map(name -> name.substring(0, Math.max(0, name.indexOf('.'))))
                .collect(Collectors.toSet());
        if (contexts.size() != 1 || contexts.contains("")) {
            throw new IllegalArgumentException(sealed + " is not of one context: " + contexts);
        }
        return contexts.iterator().next();
    }

    /// The stored name of an event class.
    public static Optional<String> nameOf(@Nullable Class<?> event) {
        return Optional.ofNullable(event)
                .map(type -> type.getAnnotation(EventType.class))
                .map(EventType::value);
    }

    /// The class of a stored name; empty for a name this version does not know.
    public Optional<Class<? extends DomainEvent>> classOf(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Every event class by its stored name.
    public Map<String, Class<? extends DomainEvent>> all() {
        return Collections.unmodifiableMap(byName);
    }

    @Override
    public @Nullable String revisionOf(@Nullable Class<?> payload) {
        return Optional.ofNullable(payload)
                .map(type -> type.getAnnotation(EventType.class))
                .map(EventType::revision)
                .orElse(null);
    }
}
