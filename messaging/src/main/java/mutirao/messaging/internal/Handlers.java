package mutirao.messaging.internal;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Retry;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;

/// Finds the [OnEvent] methods of all beans.
public final class Handlers implements BeanPostProcessor {
    private static final int LONGEST_NAME = 100;

    private final Environment environment;
    private final Supplier<Settings> settings;
    private final List<Handler> all = new ArrayList<>();

    /// @param settings asked for when the first handler is found
    public Handlers(Environment environment, Supplier<Settings> settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /// A handler, and the pattern by which it fits a message.
    record Match(Handler handler, String pattern) {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        var type = AopUtils.getTargetClass(bean);
        var consumer = AnnotatedElementUtils.findMergedAnnotation(type, Consumer.class);
        var methods = MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<OnEvent>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, OnEvent.class));
        methods.forEach((method, event) -> add(handler(bean, type, consumer, method, event)));
        return bean;
    }

    private Handler handler(Object bean, Class<?> type, @Nullable Consumer consumer, Method method, OnEvent event) {
        var invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        invocable.setAccessible(true);
        var topics = event.topics().length > 0 || consumer == null ? event.topics() : consumer.topics();
        var retry = Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method, Retry.class))
                .orElseGet(() -> AnnotatedElementUtils.findMergedAnnotation(type, Retry.class));
        var taken = parameter(method);
        return new Handler(
                group(event.group(), consumer),
                resolved(topics),
                List.copyOf(resolved(event.value())),
                bean,
                invocable,
                taken == null ? null : data(taken),
                taken != null && isMessage(taken),
                RetryPolicy.of(retry, settings.get().retry()),
                consumer != null && !consumer.autoStart(),
                consumer == null || !consumer.idempotent());
    }

    private Set<String> resolved(String[] texts) {
        return Arrays.stream(texts)
                .map(environment::resolveRequiredPlaceholders)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String group(String own, @Nullable Consumer consumer) {
        var named = own.isEmpty() && consumer != null ? consumer.group() : own;
        return named.isEmpty()
                ? Optional.ofNullable(settings.get().group())
                        .orElseGet(() -> environment.getProperty("spring.application.name", "application"))
                : environment.resolveRequiredPlaceholders(named);
    }

    private static @Nullable Type parameter(Method method) {
        return switch (method.getParameterCount()) {
            case 0 -> null;
            case 1 -> method.getGenericParameterTypes()[0];
            default -> throw new IllegalStateException(method + " takes more than the message");
        };
    }

    private static boolean isMessage(Type type) {
        return type instanceof ParameterizedType whole ? whole.getRawType() == Message.class : type == Message.class;
    }

    private static Type data(Type taken) {
        if (!isMessage(taken)) {
            return taken;
        }
        return taken instanceof ParameterizedType whole ? whole.getActualTypeArguments()[0] : Object.class;
    }

    /// Adds one.
    ///
    /// @throws IllegalStateException when it has no topic, a name that brokers do not take, or fits exactly what
    ///                               another one of its group fits
    void add(Handler handler) {
        if (handler.topics().isEmpty()) {
            throw new IllegalStateException(handler + " names no topic");
        }
        requireName(handler.group());
        handler.topics().forEach(Handlers::requireName);
        for (var other : all) {
            if (other.group().equals(handler.group())
                    && other.topics().stream().anyMatch(handler.topics()::contains)
                    && other.names().stream().anyMatch(handler.names()::contains)) {
                throw new IllegalStateException(
                        "%s and %s of group %s handle the same events".formatted(other, handler, handler.group()));
            }
        }
        all.add(handler);
    }

    /// What every broker takes as the name of a topic or group.
    static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9._-]+") || name.length() > LONGEST_NAME) {
            throw new IllegalStateException("not the name of a topic or group (letters, digits, `.`, `_`, `-`, at most "
                    + LONGEST_NAME + "): " + name);
        }
    }

    /// All there are.
    public List<Handler> all() {
        return List.copyOf(all);
    }

    /// Those of a group, also those that this process does not run.
    List<Handler> of(String group) {
        return all.stream().filter(handler -> handler.group().equals(group)).toList();
    }

    /// Those that this process runs, by group.
    Map<String, List<Handler>> running(Settings.Consumers chosen) {
        return all.stream()
                .filter(handler -> chosen.enabled() && chosen(handler, chosen))
                .collect(Collectors.groupingBy(Handler::group, TreeMap::new, Collectors.toList()));
    }

    private static boolean chosen(Handler handler, Settings.Consumers chosen) {
        if (chosen.topics().isEmpty() && chosen.groups().isEmpty()) {
            return !handler.alone();
        }
        return (chosen.groups().isEmpty() || chosen.groups().contains(handler.group()))
                && (chosen.topics().isEmpty() || handler.topics().stream().anyMatch(chosen.topics()::contains));
    }

    /// The handler of a group that fits a message best. Of patterns that spell out as much of the name as each
    /// other the one that begins with more of it, so that it is always the same one.
    static Optional<Match> best(List<Handler> handlers, String topic, String name) {
        Match best = null;
        for (var handler : handlers) {
            var pattern = handler.fits(topic, name);
            if (pattern != null && (best == null || Handler.SPECIFIC.compare(pattern, best.pattern()) > 0)) {
                best = new Match(handler, pattern);
            }
        }
        return Optional.ofNullable(best);
    }
}
