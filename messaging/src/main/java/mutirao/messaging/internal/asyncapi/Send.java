package mutirao.messaging.internal.asyncapi;

import java.lang.reflect.Type;
import java.util.Comparator;

/// An event that an application publishes.
///
/// @param key  the field of its data that is its key; empty for none
/// @param data the type of its data; `void` for none
record Send(String topic, String name, String key, Type data) {
    /// The same whatever order they were found in.
    static final Comparator<Send> ORDER = Comparator.comparing(Send::topic)
            .thenComparing(Send::name)
            .thenComparing(send -> send.data().getTypeName())
            .thenComparing(Send::key);
}
