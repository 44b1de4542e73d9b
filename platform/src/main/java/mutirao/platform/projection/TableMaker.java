package mutirao.platform.projection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.platform.start.StartFailure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes the tables of projections as they are declared, each once in its version, and adopts those that migrations
/// made before there was this ([0037]). A database remembers what each was declared as, so a declaration that is
/// changed without another version does not start.
///
/// [0037]: ../../../../../../../../docs/adr/0037-a-projection-is-one-file.md
final class TableMaker {
    /// The advisory lock under which one process at a time makes tables.
    private static final long LOCK = 0x7461_626c_6573L;

    private final JdbcClient db;
    private final TransactionTemplate transaction;

    TableMaker(JdbcClient db, TransactionTemplate transaction) {
        this.db = db;
        this.transaction = transaction;
    }

    /// Makes those that are not there, all or none.
    ///
    /// @throws StartFailure when one is there, but not as it is declared
    void make(Collection<? extends Table<?>> tables) {
        transaction.executeWithoutResult(_ -> {
            db.sql("select pg_advisory_xact_lock(" + LOCK + ")")
                    .query((_, _) -> true)
                    .list();
            tables.stream().map(Declaration::of).forEach(this::make);
        });
    }

    private void make(Declaration declared) {
        var table = declared.table();
        var known = db.sql("select declaration from projection_table where name = ?")
                .param(table.physical())
                .query(String.class)
                .optional();
        if (known.isEmpty()) {
            createOrAdopt(declared);
            db.sql("insert into projection_table (name, declaration) values (?, ?)")
                    .params(table.physical(), declared.text())
                    .update();
        } else if (!known.get().equals(declared.text())) {
            throw new StartFailure(
                    "The projection %s is declared otherwise than its version %d was:%n%s%nIt was:%n%s"
                            .formatted(table.name(), table.version(), declared.text(), known.get()),
                    "Give its table version %d; it is built by itself.".formatted(table.version() + 1));
        }
    }

    private void createOrAdopt(Declaration declared) {
        var table = declared.table();
        var name = table.physical();
        if (db.sql("select to_regclass(?) is not null")
                .param(name)
                .query(Boolean.class)
                .single()) {
            misfit(declared).ifPresent(columns -> {
                throw new StartFailure(
                        "The table %s is there, but not as it is declared: %s".formatted(name, columns),
                        "Give the projection %s another version, or see who made that table.".formatted(table.name()));
            });
        } else {
            db.sql("create table " + name + " (" + String.join(", ", declared.definitions()) + ")")
                    .update();
        }
        table.indexes()
                .forEach(index -> db.sql("create index if not exists " + name + "_" + index.name() + " on " + name + " "
                                + index.on())
                        .update());
    }

    /// What a table lacks of its declaration.
    private Optional<String> misfit(Declaration declared) {
        var there = db.sql("""
                        select attname, format_type(atttypid, atttypmod) from pg_attribute
                        where attrelid = ?::regclass and attnum > 0 and not attisdropped
                        """)
                .param(declared.table().physical())
                .query((row, _) -> row.getString(1) + " " + row.getString(2))
                .set();
        var lacking = declared.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .filter(column -> !there.contains(column))
                .toList();
        return lacking.isEmpty() ? Optional.empty() : Optional.of("it has no " + String.join(", no ", lacking));
    }

    /// A table as PostgreSQL is told of it.
    private record Declaration(Table<?> table, List<Definition> columns, String key) {
        /// @param type as PostgreSQL spells it
        private record Definition(String name, String type, boolean required) {
            String sql() {
                return name + " " + type + (required ? " not null" : "");
            }
        }

        static <R extends Record> Declaration of(Table<R> table) {
            var rows = new Rows<>(table);
            var columns = Stream.of(
                            rows.all()
                                    .map(column -> new Definition(column.name(), column.sqlType(), column.required())),
                            table.derived().stream()
                                    .map(derived ->
                                            new Definition(derived.column(), Column.sqlType(derived.type()), false)),
                            Stream.of(new Definition("organization_id", "uuid", true)))
                    .flatMap(definitions -> definitions)
                    .toList();
            return new Declaration(table, columns, rows.key());
        }

        /// What stands between the brackets of `create table`.
        List<String> definitions() {
            return Stream.concat(columns.stream().map(Definition::sql), Stream.of("primary key (" + key + ")"))
                    .toList();
        }

        /// All that the table depends on, to be remembered and compared.
        String text() {
            return Stream.of(
                            definitions().stream(),
                            table.indexes().stream().map(index -> "index " + index.name() + " " + index.on()),
                            Stream.of("folds "
                                    + (table.contexts().isEmpty() ? List.of("all") : new TreeSet<>(table.contexts()))))
                    .flatMap(lines -> lines)
                    .collect(Collectors.joining("\n"));
        }
    }
}
