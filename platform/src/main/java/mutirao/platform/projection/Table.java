package mutirao.platform.projection;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.EventTypes;
import org.jspecify.annotations.Nullable;

/// A projection's table as it is declared; the kernel makes it. Its columns are the row's components in snake_case
/// (lists, maps and records as `jsonb`), the derived ones, and `organization_id`, which the kernel fills, so that no
/// projection can forget it. Whatever is changed of a declaration takes a new version.
///
/// @param name     of the projection and its table
/// @param version  from 1, raised with every change of the declaration or the fold
/// @param contexts whose events it is folded from; empty for all
/// @param row      its rows
/// @param key      the component that is the primary key
/// @param derived  columns for filters and sorting that are computed from a row and not read back
/// @param indexes  beside that of the key
public record Table<R extends Record>(
        String name,
        int version,
        Set<String> contexts,
        Class<R> row,
        String key,
        List<Derived<R>> derived,
        List<Index> indexes) {

    /// A column computed from a row.
    public record Derived<R>(String column, Class<?> type, Function<R, @Nullable Object> value) {}

    /// @param on SQL: what stands behind `create index … on <table>`
    public record Index(String name, String on) {}

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

    /// A table keyed by `id`, folded from every context's events.
    public static <R extends Record> Table<R> of(String name, int version, Class<R> row) {
        return new Table<>(name, version, Set.of(), row, "id", List.of(), List.of());
    }

    /// A table keyed by `id`, named after the context whose events it is folded from.
    ///
    /// @param events what the context seals
    public static <R extends Record> Table<R> of(Class<? extends DomainEvent> events, int version, Class<R> row) {
        return of(EventTypes.contextOf(events), version, row).folding(events);
    }

    /// The same, folded from one more context's events.
    ///
    /// @param events what the context seals
    public Table<R> folding(Class<? extends DomainEvent> events) {
        var more = new TreeSet<>(contexts);
        more.add(EventTypes.contextOf(events));
        return folding(more);
    }

    /// The same, folded from these contexts' events.
    public Table<R> folding(Set<String> contexts) {
        return new Table<>(name, version, Set.copyOf(contexts), row, key, derived, indexes);
    }

    /// The same with another key.
    public Table<R> keyed(String component) {
        return new Table<>(name, version, contexts, row, component, derived, indexes);
    }

    /// The same with one more derived column.
    ///
    /// @param type of its values: text, a number or a boolean
    public <T> Table<R> with(String column, Class<T> type, Function<R, @Nullable T> value) {
        return new Table<>(
                name, version, contexts, row, key, more(derived, new Derived<>(column, type, value::apply)), indexes);
    }

    /// The same with one more index.
    ///
    /// @param name within the table
    /// @param on   SQL: what stands behind `create index … on <table>`
    public Table<R> index(String name, String on) {
        return new Table<>(this.name, version, contexts, row, key, derived, more(indexes, new Index(name, on)));
    }

    private static <T> List<T> more(List<T> some, T one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }
}
