package mutirao.api;

import org.jspecify.annotations.Nullable;

/// A field that a merge-patch (RFC 7396) names: set to a value, or removed. A field it does not name is a null `Patch`.
///
/// @param value the new value; null removes the field
public record Patch<T>(@Nullable T value) {
    /// The value after the patch, given the one before it.
    public static <T> @Nullable T apply(@Nullable Patch<T> patch, @Nullable T before) {
        return patch == null ? before : patch.value();
    }
}
