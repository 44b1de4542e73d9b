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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import mutirao.api.Context;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.integracao.command.Traducao;
import mutirao.messaging.Publishes;
import mutirao.platform.eventstore.EventTypes;
import mutirao.platform.eventstore.Exemplo;
import mutirao.platform.projection.Projection;
import mutirao.platform.saga.Prazo;
import mutirao.platform.saga.Saga;
import org.axonframework.commandhandling.CommandHandler;
import org.springframework.objenesis.ObjenesisStd;

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
    private final List<Projection<DomainEvent, ?>> projections =
            sorted(Projection.class, projection -> projection.table().name());
    private final List<Saga<?>> sagas = sorted(Saga.class, Saga::name);
    private final List<Prazo> prazos = sorted(Prazo.class, Prazo::name);

    String render() {
        var text = new StringBuilder("""
                # Catálogo

                Generated from the code; a test fails when it is stale. To write it again:

                ```
                %s
                ```

                A command *can cause* the events that its handler may apply. Beside each event stand those who read it: the
                projections that fold it into a row, the sagas it concerns, the prazos (deadlines) it arms, and the name
                under which other systems are told of it.
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
                        List.of("event", "stored as", "revision", "projections", "sagas", "prazos", "told as"),
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
        var meta = Exemplo.meta(example);
        return List.of(
                code(Stream.of(event.getSimpleName())),
                code(Stream.of(type.value())),
                type.revision(),
                code(projections.stream()
                        .filter(reader ->
                                follows(reader.table().contexts(), context) && reader.keyOf(example, meta) != null)
                        .map(reader -> reader.table().name())),
                code(sagas.stream()
                        .filter(reader -> follows(reader.contexts(), context)
                                && !reader.keysOf(example).isEmpty())
                        .map(Saga::name)),
                code(prazos.stream()
                        .filter(reader -> follows(reader.contexts(), context)
                                && !reader.on(example, meta).isEmpty())
                        .map(Prazo::name)),
                code(Traducao.of(example).stream()
                        .map(told ->
                                told.getClass().getAnnotation(Publishes.class).value())));
    }

    /// No contexts means all.
    private static boolean follows(Set<String> contexts, String context) {
        return contexts.isEmpty() || contexts.contains(context);
    }

    private String readModels() {
        return "\n## Read models\n\n"
                + table(
                        List.of("table", "version", "key", "projection", "folds events of"),
                        projections.stream()
                                .map(projection -> List.of(
                                        code(Stream.of(projection.table().name())),
                                        String.valueOf(projection.table().version()),
                                        code(Stream.of(projection.table().key())),
                                        code(Stream.of(projection.getClass().getSimpleName())),
                                        contexts(projection.table().contexts()))));
    }

    private String processes() {
        return "\n## Processes\n\n"
                + table(
                        List.of("process", "follows", "sends"),
                        Stream.concat(
                                sagas.stream()
                                        .map(saga -> process("saga:" + saga.name(), saga.contexts(), saga.getClass())),
                                prazos.stream()
                                        .map(prazo ->
                                                process("prazo:" + prazo.name(), prazo.contexts(), prazo.getClass()))));
    }

    private List<String> process(String name, Set<String> contexts, Class<?> type) {
        var commands = classes.get(type).getCodeUnits().stream()
                .flatMap(unit -> created(unit, DomainCommand.class))
                .map(JavaClass::getSimpleName)
                .collect(toCollection(TreeSet::new));
        return List.of(code(Stream.of(name)), contexts(contexts), code(commands.stream()));
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

    /// Without their constructors, whose parameters the application has and a catalogue has not: what is asked of them
    /// needs none.
    @SuppressWarnings("unchecked") // a projection is handed the events of its own contexts only
    private <T> List<T> sorted(Class<? super T> kind, Function<T, String> name) {
        var objects = new ObjenesisStd();
        return classes.stream()
                .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
                .map(type -> (T) objects.newInstance(type.reflect()))
                .sorted(Comparator.comparing(name))
                .toList();
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
