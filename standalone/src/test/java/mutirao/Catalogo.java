package mutirao;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.integracao.command.Traducoes;
import mutirao.messaging.Publishes;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.EventTypes;
import mutirao.platform.eventstore.Exemplo;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.saga.Prazo;
import mutirao.platform.saga.Saga;
import mutirao.platform.stream.Subscriber;
import mutirao.platform.stream.Subscribers;
import org.axonframework.commandhandling.CommandHandler;

/// Who asks what, what comes of it, and who reads that: rendered from the classes on the class path.
///
/// What a handler can cause is read off the byte code: the events whose constructors it calls, itself or through
/// what it calls in its own package. Who reads an event is asked: whoever gives an example of it a key, or a
/// deadline.
final class Catalogo {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("mutirao");
    private final List<Subscriber> followers;
    private final List<ReadModel<?>> models;
    private final Map<String, Class<?>> processes;
    private final Traducoes translations;

    /// Made of the followers that really run, whatever they implement.
    Catalogo(
            List<Subscribers> kinds,
            List<ReadModel<?>> models,
            List<Saga<?>> sagas,
            List<Prazo> prazos,
            Traducoes translations) {
        this.translations = translations;
        this.followers = kinds.stream()
                .flatMap(kind -> kind.subscribers().stream())
                .sorted(Comparator.comparing(Subscriber::name))
                .toList();
        this.models = models.stream()
                .sorted(Comparator.comparing(model -> model.table().name()))
                .toList();
        this.processes = new HashMap<>();
        sagas.forEach(saga -> processes.put("saga:" + saga.name(), saga.getClass()));
        prazos.forEach(prazo -> processes.put("prazo:" + prazo.name(), prazo.getClass()));
    }

    String render() {
        var text = new StringBuilder("""
                # Catálogo

                Generated from the code; a test fails when it is stale. To write it again:

                ```
                %s
                ```

                A command *can cause* the events that its handler may apply. Beside each event stand those who read it: the
                projections that fold it into a row, the sagas it concerns, the prazos (deadlines) it arms, the reactions it
                sets off, and the name under which `reacao:integracao`, where there is a broker, tells other systems of it. Who
                else reads every event of every context is named once, under read models.
                """.formatted(CatalogoTest.REGENERATE));
        Context.all().forEach(context -> text.append(context(context)));
        return text.append(readModels()).append(processes()).toString();
    }

    private String context(Context context) {
        return "\n## " + context.name() + "\n\n"
                + table(
                        List.of("command", "decided by", "can cause"),
                        EventTypes.leaves(context.commands()).map(this::command))
                + "\n"
                + table(
                        List.of(
                                "event",
                                "stored as",
                                "revision",
                                "projections",
                                "sagas",
                                "prazos",
                                "reactions",
                                "told as"),
                        EventTypes.leaves(context.events())
                                .map(event -> event(context.name(), event.asSubclass(DomainEvent.class))));
    }

    private List<String> command(Class<?> command) {
        var handlers = classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(CommandHandler.class)
                        && method.getRawParameterTypes().getFirst().isEquivalentTo(command))
                .toList();
        var events = new HashSet<String>();
        handlers.forEach(handler -> events.addAll(caused(handler)));
        return List.of(
                code(Stream.of(command.getSimpleName())),
                code(handlers.stream().map(handler -> handler.getOwner().getSimpleName())),
                code(inOrder(events)));
    }

    private List<String> event(String context, Class<? extends DomainEvent> event) {
        var type = event.getAnnotation(EventType.class);
        var example = Exemplo.of(event);
        var readers = followers.stream()
                .filter(follower -> follower.contexts().contains(context)
                        && !follower.sequencesOf(Exemplo.recorded(example, 1)).isEmpty())
                .toList();
        return List.of(
                code(Stream.of(event.getSimpleName())),
                code(Stream.of(type.value())),
                type.revision(),
                code(called(readers, "projecao")),
                code(called(readers, "saga")),
                code(called(readers, "prazo")),
                code(readers.stream()
                        .filter(reader -> !List.of("projecao", "saga", "prazo").contains(kind(reader)))
                        .map(Subscriber::name)),
                code(translations.of(example).stream()
                        .map(told ->
                                told.getClass().getAnnotation(Publishes.class).value())));
    }

    private static Stream<String> called(List<Subscriber> readers, String kind) {
        return readers.stream()
                .filter(reader -> kind(reader).equals(kind))
                .map(reader -> reader.name().replaceAll("^\\w+:|@\\d+$", ""));
    }

    private static String kind(Subscriber follower) {
        return follower.name().substring(0, follower.name().indexOf(':'));
    }

    private String readModels() {
        return "\n## Read models\n\n"
                + table(
                        List.of("table", "version", "key", "projection", "folds events of"),
                        models.stream()
                                .map(model -> List.of(
                                        code(Stream.of(model.table().name())),
                                        String.valueOf(model.table().version()),
                                        code(Stream.of(model.table().key())),
                                        code(Stream.of(model.getClass().getSimpleName())),
                                        contexts(model.table().contexts()))));
    }

    private String processes() {
        return "\n## Processes\n\n"
                + table(
                        List.of("process", "follows", "sends"),
                        followers.stream()
                                .filter(follower -> !kind(follower).equals("projecao"))
                                .map(follower -> List.of(
                                        code(Stream.of(follower.name())),
                                        contexts(follower.contexts()),
                                        code(sent(follower.name())))));
    }

    private Stream<String> sent(String process) {
        return Stream.ofNullable(processes.get(process))
                .flatMap(type -> classes.get(type).getCodeUnits().stream())
                .flatMap(unit -> created(unit, DomainCommand.class))
                .map(JavaClass::getSimpleName)
                .distinct()
                .sorted();
    }

    private static String contexts(Collection<String> contexts) {
        return contexts.isEmpty() ? "all" : contexts.stream().sorted().collect(joining(", "));
    }

    /// The names of the events that a handler may apply.
    private static Set<String> caused(JavaCodeUnit handler) {
        var seen = new HashSet<JavaCodeUnit>();
        reach(handler, handler.getOwner().getPackageName(), seen);
        return seen.stream()
                .flatMap(unit -> created(unit, DomainEvent.class))
                .map(JavaClass::getSimpleName)
                .collect(toCollection(HashSet::new));
    }

    private static void reach(JavaCodeUnit unit, String home, Set<JavaCodeUnit> seen) {
        if (!unit.getOwner().getPackageName().equals(home) || !seen.add(unit)) {
            return;
        }
        Stream.concat(
                        unit.getCallsFromSelf().stream()
                                .map(call -> call.getTarget().resolveMember()),
                        unit.getMethodReferencesFromSelf().stream()
                                .map(reference -> reference.getTarget().resolveMember()))
                .flatMap(target -> target.map(JavaCodeUnit.class::cast).stream())
                .forEach(target -> reach(target, home, seen));
    }

    private static Stream<JavaClass> created(JavaCodeUnit unit, Class<?> kind) {
        return Stream.concat(
                        unit.getConstructorCallsFromSelf().stream(), unit.getConstructorReferencesFromSelf().stream())
                .map(access -> access.getTargetOwner())
                .filter(type -> type.isAssignableTo(kind));
    }

    /// In the order in which the vocabulary declares them.
    private static Stream<String> inOrder(Set<String> events) {
        return Context.all().stream()
                .flatMap(context -> EventTypes.leaves(context.events()))
                .map(Class::getSimpleName)
                .filter(events::contains);
    }

    private static String code(Stream<String> names) {
        return names.map(name -> "`" + name + "`").collect(joining(", "));
    }

    private static String table(List<String> head, Stream<List<String>> rows) {
        Function<List<String>, String> line = cells -> cells.stream().collect(joining(" | ", "| ", " |\n"));
        return line.apply(head)
                + line.apply(head.stream().map(column -> "---").toList())
                + rows.map(line).collect(joining());
    }
}
