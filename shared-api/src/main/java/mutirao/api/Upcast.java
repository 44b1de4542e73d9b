package mutirao.api;

import java.util.Map;

/// How an event that is stored in an older revision is read: the fields of its JSON made into those of the next. Stored
/// events are never changed. An implementation has a constructor without parameters, and is named at its event's
/// [EventType].
public interface Upcast {
    /// A pure function that names no constant of the event's class, since that may change again.
    ///
    /// @param fields to be changed in place or replaced
    /// @return those of the next revision
    Map<String, Object> apply(Map<String, Object> fields);
}
