package mutirao.messaging.internal;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import mutirao.messaging.Message;
import mutirao.messaging.ProcessedMessages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A method that handles events.
///
/// @param group  whose member it is
/// @param topics it listens to
/// @param names  of events, `*` for any characters
/// @param bean   whose method it is
/// @param method that is called
/// @param data   what it takes as data; null when it takes nothing
/// @param whole  whether it takes the whole [Message]
/// @param retry  what happens when it throws
/// @param alone  whether it runs only when it is asked for
/// @param once   whether a note is kept of what it has handled, so that it is handled once
public record Handler(
        String group,
        Set<String> topics,
        List<String> names,
        Object bean,
        Method method,
        @Nullable Type data,
        boolean whole,
        RetryPolicy retry,
        boolean alone,
        boolean once) {

    /// The more specific pattern is the greater.
    static final Comparator<String> SPECIFIC = Comparator.comparingInt(Handler::specificity)
            .thenComparingInt(pattern -> pattern.indexOf('*'))
            .thenComparing(Comparator.naturalOrder());

    /// How well it fits an event: the more letters of the name it spells out the better, and a whole name best.
    ///
    /// @return the pattern that fits; null when none does
    @Nullable
    String fits(String topic, String name) {
        if (!topics.contains(topic)) {
            return null;
        }
        String best = null;
        for (var pattern : names) {
            if (matches(pattern, name) && (best == null || SPECIFIC.compare(pattern, best) > 0)) {
                best = pattern;
            }
        }
        return best;
    }

    private static int specificity(String pattern) {
        return pattern.contains("*") ? pattern.replace("*", "").length() : Integer.MAX_VALUE;
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        var parts = pattern.split("\\*", -1);
        var first = parts[0];
        var last = parts[parts.length - 1];
        if (!name.startsWith(first) || !name.endsWith(last) || name.length() < first.length() + last.length()) {
            return false;
        }
        var at = first.length();
        var end = name.length() - last.length();
        for (var i = 1; i < parts.length - 1; i++) {
            at = name.indexOf(parts[i], at);
            if (at < 0 || at + parts[i].length() > end) {
                return false;
            }
            at += parts[i].length();
        }
        return true;
    }

    /// Where what its group could not handle goes.
    public String deadTopic() {
        return Undertaker.deadTopic(group);
    }

    /// Where what its group, and no other, is to try again goes.
    public String retryTopic() {
        return Undertaker.retryTopic(group);
    }

    /// Lets it handle a message, unless it has.
    ///
    /// @param data as it takes it, read and valid
    /// @return whether it ran now
    /// @throws Exception what it throws
    boolean handle(Message<JsonNode> message, @Nullable Object data, ProcessedMessages processed) throws Exception {
        if (once) {
            return processed.once(group, message.id(), () -> call(message, data));
        }
        call(message, data);
        return true;
    }

    private void call(Message<JsonNode> message, @Nullable Object data) throws Exception {
        try {
            if (this.data == null) {
                method.invoke(bean);
            } else {
                var given = requireNonNull(data);
                method.invoke(bean, whole ? withData(message, given) : given);
            }
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
    }

    private static Message<?> withData(Message<JsonNode> message, Object data) {
        return data.equals(message.data()) ? message : message.withData(data);
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
