package mutirao.platform.projection;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Lets tests act for the one organization as its coordination, as requests' threads do for whoever asks.
final class ComoCoordenacao implements InvocationInterceptor {
    private static final Actor COORDENACAO =
            Actor.caller(new UUID(0, 1), Actors.ORGANIZATION, EnumSet.of(Role.ADMIN, Role.COORDENADOR));

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Exception {
        act(test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Exception {
        act(test);
    }

    private static void act(Invocation<Void> test) throws Exception {
        COORDENACAO.does(() -> {
            try {
                return test.proceed();
            } catch (Exception | Error failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
