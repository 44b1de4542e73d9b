package mutirao.api;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// One bounded context's vocabulary, found through [ServiceLoader]: a new context is one provider and one line in
/// `META-INF/services`.
public interface Context {
    /// The context's name: prefix of its stored event names and the `aggregateType` of the audit.
    String name();

    /// The sealed interface of its commands.
    Class<?> commands();

    /// The sealed interface of its events.
    Class<? extends DomainEvent> events();

    /// How its events of older revisions are read: a step for every revision but the newest. One that is missing fails
    /// the test of the golden files.
    default List<Upcast> upcasts() {
        return List.of();
    }

    /// Every context on the class path, by name.
    static List<Context> all() {
        return ServiceLoader.load(Context.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Context::name))
                .toList();
    }
}
