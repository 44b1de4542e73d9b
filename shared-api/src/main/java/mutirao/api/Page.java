package mutirao.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list that is walked by key, stable under concurrent writes.
///
/// @param items at most `limit` of them, in the order asked for
/// @param next  the opaque cursor of the following page; null on the last one
public record Page<T>(List<T> items, @Nullable String next) {}
