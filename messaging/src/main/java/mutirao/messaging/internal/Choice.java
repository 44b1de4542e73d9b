package mutirao.messaging.internal;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which of an application's handlers were chosen to run in this process.
public final class Choice {
    private final Handlers handlers;
    private final Settings.Consumers chosen;

    Choice(Handlers handlers, Settings.Consumers chosen) {
        this.handlers = handlers;
        this.chosen = chosen;
    }

    /// Why nothing, or less than was named, would run; empty when all is well.
    public Optional<String> complaint() {
        var topics = all(Handler::topics);
        var groups = all(handler -> Set.of(handler.group()));
        return Stream.of(
                        unknown("topic", chosen.topics(), topics),
                        unknown("group", chosen.groups(), groups),
                        idle(topics, groups))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Set<String> all(Function<Handler, Collection<String>> names) {
        Set<String> found = new TreeSet<>();
        handlers.all().forEach(handler -> found.addAll(names.apply(handler)));
        return found;
    }

    private static Optional<String> unknown(String what, Set<String> named, Set<String> known) {
        return named.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> "nobody handles the %s %s; there %s"
                        .formatted(what, name, known.isEmpty() ? "is none" : "are " + String.join(", ", known)));
    }

    private Optional<String> idle(Set<String> topics, Set<String> groups) {
        if (!handlers.running(chosen).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                handlers.all().isEmpty()
                        ? "this application has no handlers"
                        : "no handler is left to run; name others of the topics %s and groups %s"
                                .formatted(String.join(", ", topics), String.join(", ", groups)));
    }
}
