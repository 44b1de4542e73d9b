package mutirao.platform.projection;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// The rows of a [Table] in the database, in its serving table or in one of the same shape under another name. Live
/// batches and rebuilds write through here, and reads map through here, so that there is one mapping.
public final class Rows<R extends Record> {
    private final Table<R> table;
    private final List<Column> columns;
    private final Column key;
    private final Constructor<R> constructor;

    /// A mapping for a table.
    public Rows(Table<R> table) {
        this.table = table;
        var components = table.row().getRecordComponents();
        this.columns = Arrays.stream(components).map(Column::new).toList();
        this.key = columns.get(
                Arrays.stream(components).map(RecordComponent::getName).toList().indexOf(table.key()));
        this.constructor = constructor(table.row());
    }

    /// Makes a record of all its components, whoever may see it.
    static <R extends Record> Constructor<R> constructor(Class<R> row) {
        try {
            var constructor = row.getDeclaredConstructor(Arrays.stream(row.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A row and whose it is.
    record Owned<R>(R row, UUID organization) {}

    /// The row under a cursor that has all its columns.
    public R read(ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (var column : columns) {
            values.add(column.read(row));
        }
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("no " + table.row().getSimpleName() + " out of " + values, e);
        }
    }

    /// The columns that [#read] needs, for a `select`.
    public String columns() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /// All columns of the table that the kernel writes, for a comparison.
    String allColumns() {
        return String.join(", ", columnNames());
    }

    /// Their names.
    List<String> columnNames() {
        return names().toList();
    }

    /// The columns of its components.
    Stream<Column> all() {
        return columns.stream();
    }

    /// The name of the key column.
    String key() {
        return key.name();
    }

    Map<Object, Owned<R>> load(Connection db, String name, Collection<?> keys) throws SQLException {
        var rows = new HashMap<Object, Owned<R>>();
        try (var select = db.prepareStatement(
                "select " + columns() + ", organization_id from " + name + " where " + key.name() + " = any(?)")) {
            select.setArray(1, db.createArrayOf(key.sqlType(), keys.toArray()));
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    var row = read(found);
                    rows.put(keyOf(row), new Owned<>(row, found.getObject("organization_id", UUID.class)));
                }
            }
        }
        return rows;
    }

    private Object keyOf(R row) {
        return Objects.requireNonNull(key.value(row), "a row without a key");
    }

    /// Inserts, replaces and deletes rows.
    ///
    /// @param rows by key; null deletes
    void save(Connection db, String name, Map<Object, @Nullable Owned<R>> rows) throws SQLException {
        try (var upsert = db.prepareStatement(upsert(name));
                var delete = db.prepareStatement("delete from " + name + " where " + key.name() + " = ?")) {
            for (var entry : rows.entrySet()) {
                if (entry.getValue() == null) {
                    delete.setObject(1, entry.getKey());
                    delete.addBatch();
                } else {
                    var values = values(entry.getValue());
                    for (int i = 0; i < values.size(); i++) {
                        upsert.setObject(i + 1, values.get(i));
                    }
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
            delete.executeBatch();
        }
    }

    private String upsert(String name) {
        var placeholders = Stream.concat(
                        columns.stream().map(Column::placeholder),
                        Stream.generate(() -> "?").limit(table.derived().size() + 1L))
                .collect(Collectors.joining(", "));
        var updates = names().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));
        return "insert into " + name + " (" + allColumns() + ") values (" + placeholders + ") on conflict ("
                + key.name() + ") do update set " + updates;
    }

    private Stream<String> names() {
        return Stream.of(
                        columns.stream().map(Column::name),
                        table.derived().stream().map(Table.Derived::column),
                        Stream.of("organization_id"))
                .flatMap(names -> names);
    }

    private List<@Nullable Object> values(Owned<R> owned) {
        var values = new ArrayList<@Nullable Object>();
        columns.forEach(column -> values.add(column.value(owned.row())));
        table.derived().forEach(derived -> values.add(derived.value().apply(owned.row())));
        values.add(owned.organization());
        return values;
    }

    /// Writes rows that are not there yet through `COPY`.
    void copy(Connection db, String name, Collection<Owned<R>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var copy = db.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + name + " (" + allColumns() + ") from stdin");
        try {
            var text = new CopyText();
            for (var row : rows) {
                columns.forEach(column -> text.value(column.text(row.row())));
                table.derived().forEach(derived -> text.value(derived.value().apply(row.row())));
                text.value(row.organization());
                text.endRow();
                if (text.full()) {
                    text.writeTo(copy);
                }
            }
            text.writeTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
