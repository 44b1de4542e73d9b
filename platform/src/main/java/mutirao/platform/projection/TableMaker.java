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
/// changed
/// without another version does not start.
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
            tables.forEach(this::make);
        });
    }

    private void make(Table<?> table) {
        var declared = declaration(table);
        var known = db.sql("select declaration from projection_table where name = ?")
                .param(table.physical())
                .query(String.class)
                .optional();
        if (known.isEmpty()) {
            createOrAdopt(table);
            db.sql("insert into projection_table (name, declaration) values (?, ?)")
                    .params(table.physical(), declared)
                    .update();
        } else if (!known.get().equals(declared)) {
            throw new StartFailure(
                    "The projection %s is declared otherwise than its version %d was:%n%s%nIt was:%n%s"
                            .formatted(table.name(), table.version(), declared, known.get()),
                    "Give its table version %d; it is built by itself.".formatted(table.version() + 1));
        }
    }

    private void createOrAdopt(Table<?> table) {
        var name = table.physical();
        if (db.sql("select to_regclass(?) is not null")
                .param(name)
                .query(Boolean.class)
                .single()) {
            misfit(table).ifPresent(columns -> {
                throw new StartFailure(
                        "The table %s is there, but not as it is declared: %s".formatted(name, columns),
                        "Give the projection %s another version, or see who made that table.".formatted(table.name()));
            });
        } else {
            db.sql("create table " + name + " ("
                            + columns(table).map(Definition::sql).collect(Collectors.joining(", ")) + ", primary key ("
                            + new Rows<>(table).key() + "))")
                    .update();
        }
        table.indexes()
                .forEach(index -> db.sql("create index if not exists " + name + "_" + index.name() + " on " + name + " "
                                + index.on())
                        .update());
    }

    /// What a table lacks of its declaration.
    private Optional<String> misfit(Table<?> table) {
        var there = db.sql("""
                        select attname, format_type(atttypid, atttypmod) from pg_attribute
                        where attrelid = ?::regclass and attnum > 0 and not attisdropped
                        """)
                .param(table.physical())
                .query((row, _) -> row.getString(1) + " " + row.getString(2))
                .set();
        var lacking = columns(table)
                .map(column -> column.name() + " " + column.type())
                .filter(column -> !there.contains(column))
                .toList();
        return lacking.isEmpty() ? Optional.empty() : Optional.of("it has no " + String.join(", no ", lacking));
    }

    /// @param type as PostgreSQL spells it
    private record Definition(String name, String type, boolean required) {
        String sql() {
            return name + " " + type + (required ? " not null" : "");
        }
    }

    private static <R extends Record> Stream<Definition> columns(Table<R> table) {
        return Stream.of(
                        new Rows<>(table)
                                .all()
                                .map(column -> new Definition(column.name(), column.sqlType(), column.required())),
                        table.derived().stream()
                                .map(derived ->
                                        new Definition(derived.column(), Column.sqlType(derived.type()), false)),
                        Stream.of(new Definition("organization_id", "uuid", true)))
                .flatMap(columns -> columns);
    }

    /// All that a table depends on, to be remembered and compared.
    private static String declaration(Table<?> table) {
        return Stream.of(
                        columns(table).map(Definition::sql),
                        Stream.of("primary key (" + new Rows<>(table).key() + ")"),
                        table.indexes().stream().map(index -> "index " + index.name() + " " + index.on()),
                        Stream.of("folds "
                                + (table.contexts().isEmpty() ? List.of("all") : new TreeSet<>(table.contexts()))))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
