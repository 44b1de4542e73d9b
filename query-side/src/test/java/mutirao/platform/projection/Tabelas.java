package mutirao.platform.projection;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the projections' tables say, and what a fold of the whole log in memory says that they should.
record Tabelas(DataSource pool, EventLog log) {
    List<String> rows(String table) {
        return db().sql("select to_jsonb(t)::text from " + table + " t order by 1")
                .query(String.class)
                .list();
    }

    /// The rows of a fold in memory, written by nobody but this: into a table of the same shape, to compare what
    /// PostgreSQL makes of them.
    <R extends Record> List<String> folded(ReadModel<R> projection) {
        var subscriber = new ProjectionSubscriber<>(projection, pool);
        var rows = new HashMap<Object, Rows.Owned<R>>();
        log.read(0, log.horizon(), projection.contexts(), Integer.MAX_VALUE).forEach(event -> {
            var key = subscriber.keyOf(event);
            if (key != null) {
                rows.put(key, subscriber.fold(rows.get(key), event));
            }
        });
        var table = projection.table().physical() + "_fold";
        db().sql("drop table if exists " + table).update();
        db().sql("create table " + table + " (like " + projection.table().physical() + " including defaults)")
                .update();
        try (var connection = pool.getConnection()) {
            var kept = rows.values().stream().filter(Objects::nonNull).toList();
            subscriber.rows().copy(connection, table, kept);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows(table);
    }

    long count(String table) {
        return db().sql("select count(*) from " + table).query(Long.class).single();
    }

    /// The tables that rebuilds have left behind.
    List<String> sobras() {
        return db().sql("select relname from pg_class where relkind = 'r' and relname ~ '_(rebuild|aside)$'"
                        + " and relname <> 'projection_rebuild'")
                .query(String.class)
                .list();
    }

    private JdbcClient db() {
        return JdbcClient.create(pool);
    }
}
