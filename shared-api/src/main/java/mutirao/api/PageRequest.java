package mutirao.api;

import org.jspecify.annotations.Nullable;

/// Which page of a list is wanted.
///
/// @param limit  how many items at the most, 1–200
/// @param cursor what the page before gave as `next`; null for the first page
/// @param sort   a field name, `-` before it for descending; null for the list's own order
public record PageRequest(
        int limit, @Nullable String cursor, @Nullable String sort) {
    /// The largest page.
    public static final int MAX = 200;
    /// The page size where none is asked for.
    public static final int DEFAULT = 50;
}
