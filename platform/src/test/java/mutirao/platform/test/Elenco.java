package mutirao.platform.test;

import static mutirao.platform.identity.Role.*;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import mutirao.api.Actors;
import mutirao.api.DomainCommand;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Forbidden;
import mutirao.platform.identity.Role;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;

/// The cast of the tests of aggregates: who sends a command, and who is refused it.
public final class Elenco {
    public static final Set<Role> SO_AS_PESSOAS = Set.of();
    public static final Set<Role> COORDENACAO = Set.of(COORDENADOR, ADMIN);
    public static final Set<Role> SUPORTE = Set.of(TECNICO, COORDENADOR, ADMIN);

    private static final UUID ESTRANHA = UUID.fromString("e57a0000-0000-4000-8000-000000000000");

    private Elenco() {}

    /// What a saga or a deadline sends with.
    public static Sender sistema() {
        return Sender.system("saga:teste", Actors.ORGANIZATION, "c", "c");
    }

    /// What a person sends with.
    public static Sender pessoa(UUID id, Role... roles) {
        return new Sender(Actor.caller(id, Actors.ORGANIZATION, Set.of(roles)), "c", "c", "test", null, null);
    }

    /// Whatever names no sender of its own comes from this person, who coordinates.
    public static void coordenadaPor(UUID id, AggregateTestFixture<?> fixture) {
        var metadata = MetaData.from(pessoa(id, COORDENADOR).metadata());
        fixture.registerCommandDispatchInterceptor(
                commands -> (_, command) -> command.withMetaData(metadata.mergedWith(command.getMetaData())));
    }

    /// A command that succeeds is sent by everybody in turn, each on the same past: these people without a role, a
    /// stranger in each of these roles and the system are obeyed; a stranger in another role, or none, is refused.
    public static <T> void soPodem(
            Supplier<TestExecutor<T>> given, DomainCommand command, Set<Role> roles, UUID... people) {
        todos(roles, people).forEach((sender, allowed) -> {
            try {
                var result = given.get().when(command, sender.metadata());
                if (allowed) {
                    result.expectSuccessfulHandlerExecution();
                } else {
                    result.expectException(Forbidden.class).expectNoEvents();
                }
            } catch (AssertionError e) {
                throw new AssertionError("%s sends %s%n%s".formatted(sender.actor(), command, e.getMessage()), e);
            }
        });
    }

    private static Map<Sender, Boolean> todos(Set<Role> roles, UUID... people) {
        var all = new LinkedHashMap<Sender, Boolean>();
        Arrays.stream(people).forEach(person -> all.put(pessoa(person), true));
        Arrays.stream(Role.values()).forEach(role -> all.put(pessoa(ESTRANHA, role), roles.contains(role)));
        all.put(pessoa(ESTRANHA), false);
        all.put(sistema(), true);
        return all;
    }
}
