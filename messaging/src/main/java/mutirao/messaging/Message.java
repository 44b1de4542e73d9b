package mutirao.messaging;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An event on its way: a CloudEvent, and where it travels. A handler may take it instead of its bare data.
///
/// @param <T>           what the handler wants its data as: a record, a `Map`, a `JsonNode`, a `String`
/// @param topic         where it was published
/// @param id            names it for good; the same id again is the same message
/// @param name          what happened, `entity.action` (`type` in CloudEvents)
/// @param key           messages of one key and topic are handled in the order they were published; null for any
///                      order (`subject` in CloudEvents)
/// @param data          what it says
/// @param time          when it happened
/// @param source        who published it
/// @param correlationId shared by all that one cause brought about
/// @param extensions    further attributes of the CloudEvent; names are 1 to 20 lower-case letters and digits
public record Message<T>(
        String topic,
        String id,
        String name,
        @Nullable String key,
        T data,
        Instant time,
        String source,
        @Nullable String correlationId,
        Map<String, String> extensions) {

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,20}");

    /// @throws NullPointerException     without a topic, id, name, time or source
    /// @throws IllegalArgumentException when an extension has a name that CloudEvents does not allow
    public Message {
        requireNonNull(topic, "topic");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(time, "time");
        requireNonNull(source, "source");
        extensions = Map.copyOf(extensions);
        extensions.keySet().forEach(Message::requireExtensionName);
    }

    private static void requireExtensionName(String name) {
        if (!EXTENSION.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of an extension attribute: " + name);
        }
    }

    /// The same with other data.
    public <U> Message<U> withData(U other) {
        return new Message<>(topic, id, name, key, other, time, source, correlationId, extensions);
    }
}
