package mutirao.platform.projection;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.platform.rest.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which table a projection is read from: its own version's, once that is built. Until then the newest older version's,
/// as far as somebody keeps it up to date, if it can stand in: columns that it lacks must be nullable and read as null.
/// Thread-safe.
public final class Serving {
    private final JdbcClient db;
    private final Set<String> built = ConcurrentHashMap.newKeySet();

    Serving(JdbcClient db) {
        this.db = db;
    }

    /// What stands behind `from`; the columns are known under the projection's own name.
    ///
    /// @throws Problem 503 while it is being built and no older version can stand in
    public String from(Table<?> table) {
        if (built(table.name(), table.version())) {
            return table.version() == 1 ? table.name() : table.physical() + " as " + table.name();
        }
        return older(table)
                .flatMap(old -> standIn(table, old))
                .orElseThrow(() -> new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "PROJECTION_BUILDING",
                        "esta leitura está sendo construída, tente de novo",
                        List.of()));
    }

    private boolean built(String name, int version) {
        var follower = ProjectionSubscriber.nameOf(name, version);
        return built.contains(follower)
                || db.sql("select true from follower where name = ? and state <> 'BUILDING'")
                        .param(follower)
                        .query((_, _) -> built.add(follower))
                        .optional()
                        .isPresent();
    }

    /// The newest version before that has been built.
    Optional<Integer> older(Table<?> table) {
        for (int version = table.version() - 1; version > 0; version--) {
            if (built(table.name(), version)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private Optional<String> standIn(Table<?> table, int version) {
        var old = Table.physical(table.name(), version);
        var columns = db.sql("""
                        select n.attname, format_type(n.atttypid, n.atttypmod), o.attname is not null, n.attnotnull
                        from pg_attribute n
                             left join pg_attribute o on o.attrelid = ?::regclass and o.attname = n.attname
                                  and o.atttypid = n.atttypid and not o.attisdropped
                        where n.attrelid = ?::regclass and n.attnum > 0 and not n.attisdropped
                        """)
                .params(old, table.physical())
                .query((row, _) -> row.getBoolean(3)
                        ? row.getString(1)
                        : row.getBoolean(4) ? "" : "null::" + row.getString(2) + " as " + row.getString(1))
                .list();
        return columns.contains("")
                ? Optional.empty()
                : Optional.of("(select " + String.join(", ", columns) + " from " + old + ") as " + table.name());
    }
}
