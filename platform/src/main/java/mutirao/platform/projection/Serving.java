package mutirao.platform.projection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mutirao.platform.identity.Actor;
import mutirao.platform.rest.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which table a projection is read from: its own version's, once that is built. Until then the newest older version's,
/// as far as somebody keeps it up to date, if it can stand in: columns that it lacks must be nullable and read as null.
/// And which of its rows: those of the organization for which this thread acts (ADR 0018). Thread-safe.
public final class Serving {
    private final JdbcClient db;
    private final Collection<ReadModel<?>> models;
    private final Set<String> built = ConcurrentHashMap.newKeySet();

    Serving(JdbcClient db, Collection<ReadModel<?>> models) {
        this.db = db;
        this.models = models;
    }

    /// What stands behind `from`: the rows of the organization for which this thread acts, and no others. The columns
    /// are known under the projection's own name.
    ///
    /// @throws IllegalStateException when nobody acts here
    /// @throws Problem               503 while it is being built and no older version can stand in
    public String from(Table<?> table) {
        return of(
                table.name(),
                rows(table) + " where organization_id = '" + Actor.current().organizationId() + "'");
    }

    /// The same of the projection of that name, for conditions that reach into another context's read model.
    ///
    /// @param projection the name of one that is here
    public String from(String projection) {
        return from(models.stream()
                .map(ReadModel::table)
                .filter(table -> table.name().equals(projection))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no projection " + projection)));
    }

    /// What stands behind `from`, whosever the rows are: for what is everybody's to read, or shows nobody's rows.
    /// `ArquiteturaTest` names who may call this.
    ///
    /// @throws Problem as above
    public String fromEveryOrganization(Table<?> table) {
        return of(table.name(), rows(table));
    }

    private static String of(String name, String select) {
        return "(" + select + ") as " + name;
    }

    private String rows(Table<?> table) {
        if (built(table.name(), table.version())) {
            return "select * from " + table.physical();
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
                : Optional.of("select " + String.join(", ", columns) + " from " + old);
    }
}
