package mutirao.platform.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A projection's table. Its columns are the row's components in snake_case (lists, maps and records as `jsonb`), the
/// derived ones, and `organization_id`, which the kernel fills, so that no projection can forget it.
///
/// @param name    of the projection and its table
/// @param version from 1, raised with every change of the row or the fold
/// @param row     its rows
/// @param key     the component that is the primary key
/// @param derived columns for filters and sorting that are computed from a row and not read back
public record Table<R extends Record>(String name, int version, Class<R> row, String key, List<Derived<R>> derived) {

    /// A column computed from a row.
    ///
    /// @param value text, number, boolean or null
    public record Derived<R>(String column, Function<R, @Nullable Object> value) {}

    /// Its name in the database, which is for the kernel only: whoever reads gets the table from [Serving]. Each
    /// version has a table of its own, so that nodes of two versions can run side by
    /// side: `x`, then `x_v2`, `x_v3`.
    String physical() {
        return physical(name, version);
    }

    static String physical(String name, int version) {
        return version == 1 ? name : name + "_v" + version;
    }

    /// Whether each event makes a row of its own, which no other touches: such a table is keyed by `position`.
    boolean perEvent() {
        return key.equals("position");
    }

    /// A table keyed by `id`.
    public static <R extends Record> Table<R> of(String name, int version, Class<R> row) {
        return new Table<>(name, version, row, "id", List.of());
    }

    /// The same with another key.
    public Table<R> keyed(String component) {
        return new Table<>(name, version, row, component, derived);
    }

    /// The same with one more derived column.
    public Table<R> with(String column, Function<R, @Nullable Object> value) {
        var more = new ArrayList<>(derived);
        more.add(new Derived<>(column, value));
        return new Table<>(name, version, row, key, List.copyOf(more));
    }
}
