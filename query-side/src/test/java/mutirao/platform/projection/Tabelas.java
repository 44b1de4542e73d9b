package mutirao.platform.projection;

import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Followers;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the projections' tables say, when they say it all, and what a fold of the whole log in memory says that they
/// should.
public record Tabelas(DataSource pool, EventLog log, Followers followers, List<ReadModel<?>> projections) {
    private static final Duration LONG = PACIENCIA;

    /// The name in the database of a projection's own version.
    public static String nome(ReadModel<?> projection) {
        return projection.table().physical();
    }

    /// Returns when everything that is stored can be read and every follower has read it.
    public void emDia() throws InterruptedException {
        emDia(LONG);
    }

    /// @param atMost for each of the two
    void emDia(Duration atMost) throws InterruptedException {
        emDia(followers.names(), atMost);
    }

    /// Only these followers have to have read it.
    public void emDia(Collection<String> names, Duration atMost) throws InterruptedException {
        legivel(atMost);
        assertThat(followers.awaitPosition(names, ultimo(), atMost))
                .as("%s have read up to %d", names, ultimo())
                .isTrue();
    }

    /// Returns when everything that is stored can be read.
    public void legivel(Duration atMost) {
        Awaitility.await().atMost(atMost).until(() -> log.horizon() >= ultimo());
    }

    /// The last position that is stored.
    long ultimo() {
        return db().sql("select max(global_index) from domain_event")
                .query(Long.class)
                .single();
    }

    /// Every table says what it should.
    void conferem(String how) {
        for (var projection : projections) {
            assertThat(rows(projection.table().physical()))
                    .as("%s: %s", how, projection.table().name())
                    .isEqualTo(folded(projection));
        }
    }

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
        log.read(0, log.horizon(), projection.table().contexts(), Integer.MAX_VALUE)
                .forEach(event -> {
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
