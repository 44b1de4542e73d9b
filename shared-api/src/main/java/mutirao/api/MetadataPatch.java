package mutirao.api;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A merge-patch of free `metadata` strings.
///
/// @param entries a value sets its key, a null removes it; null instead of the map removes all
public record MetadataPatch(@Nullable Map<String, @Nullable String> entries) {
    /// The most keys that free strings may have.
    public static final int MAX = 50;

    /// The strings after the patch.
    public Map<String, String> applyTo(Map<String, String> before) {
        if (entries == null) {
            return Map.of();
        }
        var after = new TreeMap<>(before);
        entries.forEach((key, value) -> {
            if (value == null) {
                after.remove(key);
            } else {
                after.put(key, value);
            }
        });
        return after;
    }
}
