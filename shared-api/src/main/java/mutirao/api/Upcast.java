package mutirao.api;

import java.util.Map;
import java.util.function.UnaryOperator;

/// How an event that is stored in an older form is read: its JSON of one revision made into that of the next. Stored
/// events are never changed.
///
/// @param event  the stored name
/// @param from   the older revision, a whole number
/// @param change of the JSON's fields, in a map of its own; a pure function that names no constant of the event's
///               class, since that may change again
public record Upcast(String event, int from, UnaryOperator<Map<String, Object>> change) {
    /// The revision that it makes.
    public int to() {
        return from + 1;
    }
}
