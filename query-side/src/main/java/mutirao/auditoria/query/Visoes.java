package mutirao.auditoria.query;

import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.ReadModel;

/// The view of each kind of aggregate: the read model that has the context's name and is told its events. Immutable.
final class Visoes {
    private final Map<String, ReadModel<?>> byContext;

    Visoes(List<ReadModel<?>> models) {
        var contexts = Context.all().stream().map(Context::name).collect(toSet());
        this.byContext = models.stream()
                .filter(model -> contexts.contains(model.table().name()))
                .filter(model -> folds(model, model.table().name()))
                .collect(toUnmodifiableMap(model -> model.table().name(), model -> model));
    }

    private static boolean folds(ReadModel<?> model, String context) {
        return model.table().contexts().isEmpty() || model.table().contexts().contains(context);
    }

    /// The view of one kind of aggregate.
    Optional<ReadModel<?>> of(String aggregateType) {
        return Optional.ofNullable(byContext.get(aggregateType));
    }

    /// The contexts whose events some other aggregate's view may be folded from too.
    Set<String> shared() {
        return byContext.values().stream()
                .map(model -> model.table().contexts())
                .filter(contexts -> contexts.size() != 1)
                .flatMap(Set::stream)
                .collect(toSet());
    }

    /// The views that an event changes beside that of its own aggregate, as [#name].
    List<String> foreign(RecordedEvent event) {
        return byContext.values().stream()
                .filter(model -> folds(model, event.meta().aggregateType()))
                .flatMap(model -> foreign(model, event))
                .sorted()
                .toList();
    }

    private static Stream<String> foreign(ReadModel<?> model, RecordedEvent event) {
        var own = event.meta().aggregateType().equals(model.table().name());
        return model.keyOf(event) instanceof UUID key
                        && !(own && key.equals(event.meta().aggregateUuid()))
                ? Stream.of(name(model.table().name(), key))
                : Stream.empty();
    }

    /// What an aggregate's view is called in the `auditoria_visao` table.
    static String name(String aggregateType, UUID id) {
        return aggregateType + "/" + id;
    }
}
