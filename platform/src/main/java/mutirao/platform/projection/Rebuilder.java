package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Rows.Owned;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Follower;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/// Builds one projection's table anew beside the serving one: folds the store in memory, writes the rows with `COPY`,
/// and in one last transaction catches up, compares, and puts the new table in the old one's place together with its
/// position. Until then the serving table is untouched; whatever goes wrong, it stays.
final class Rebuilder<R extends Record> {
    private static final int FETCH = 5000;

    /// How a rebuild ended.
    record Result(long rows, long differences) {}

    /// It was told to stop.
    static final class Cancelled extends RuntimeException {
        Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    private final ProjectionSubscriber<R> subscriber;
    private final Follower follower;
    private final EventLog log;
    private final DeadLetters letters;
    private final DataSource pool;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final String serving;
    private final String shadow;
    private final Map<Object, @Nullable Owned<R>> rows = new LinkedHashMap<>();
    private final Set<String> poisoned = new HashSet<>();
    private final List<Poison> poison = new ArrayList<>();
    private long position;

    /// An event that could not be folded, or that came later for the same row.
    private record Poison(
            RecordedEvent event, String sequence, @Nullable RuntimeException cause) {}

    Rebuilder(
            ProjectionSubscriber<R> subscriber,
            Follower follower,
            EventLog log,
            DeadLetters letters,
            DataSource pool,
            TransactionTemplate transaction) {
        this.subscriber = subscriber;
        this.follower = follower;
        this.log = log;
        this.letters = letters;
        this.pool = pool;
        this.db = JdbcClient.create(pool);
        this.transaction = transaction;
        this.serving = subscriber.table().name();
        this.shadow = serving + "_rebuild";
    }

    /// @param progress  told the number of events folded so far, now and then
    /// @param cancelled asked now and then
    /// @throws Cancelled when it was
    Result run(LongConsumer progress, BooleanSupplier cancelled) {
        fold(progress, cancelled);
        db.sql("drop table if exists " + shadow).update();
        db.sql("create table " + shadow + " (like " + serving + " including defaults)")
                .update();
        try {
            transaction.executeWithoutResult(_ -> {
                unbounded();
                sql(connection -> subscriber.rows().copy(connection, shadow, requireRows()));
                indexes().forEach(index -> db.sql(index.onShadow()).update());
            });
            rows.clear();
            if (cancelled.getAsBoolean()) {
                throw new Cancelled();
            }
            return requireNonNull(transaction.execute(_ -> swap()));
        } finally {
            db.sql("drop table if exists " + shadow).update();
        }
    }

    private List<Owned<R>> requireRows() {
        var kept = new ArrayList<Owned<R>>();
        rows.values().forEach(row -> {
            if (row != null) {
                kept.add(row);
            }
        });
        return kept;
    }

    private void fold(LongConsumer progress, BooleanSupplier cancelled) {
        var end = log.horizon();
        var processed = 0L;
        while (position < end) {
            var events = log.read(position, end, subscriber.contexts(), FETCH);
            events.forEach(this::fold);
            position = events.size() == FETCH ? events.getLast().meta().position() : end;
            processed += events.size();
            progress.accept(processed);
            if (cancelled.getAsBoolean()) {
                throw new Cancelled();
            }
        }
    }

    private void fold(RecordedEvent event) {
        if (!event.known()) {
            throw new IllegalStateException("this version does not know " + event);
        }
        var key = keyOrPoison(event);
        if (key == null) {
            return;
        }
        if (poisoned.contains(key.toString())) {
            poison.add(new Poison(event, key.toString(), null));
            return;
        }
        try {
            rows.put(key, subscriber.fold(rows.get(key), event));
        } catch (RuntimeException e) {
            poisoned.add(key.toString());
            poison.add(new Poison(event, key.toString(), e));
        }
    }

    private @Nullable Object keyOrPoison(RecordedEvent event) {
        try {
            return subscriber.keyOf(event);
        } catch (RuntimeException e) {
            var sequence = event.meta().aggregateUuid().toString();
            poisoned.add(sequence);
            poison.add(new Poison(event, sequence, e));
            return null;
        }
    }

    /// The live run waits for the position row meanwhile.
    private Result swap() {
        unbounded();
        var live = follower.lock();
        var end = Math.max(Math.max(position, live), log.horizon());
        catchUp(serving, live, end);
        catchUp(shadow, position, end);
        var differences = differences();
        var count = db.sql("select count(*) from " + shadow).query(Long.class).single();
        var indexes = indexes();
        db.sql("drop table " + serving).update();
        db.sql("alter table " + shadow + " rename to " + serving).update();
        indexes.forEach(index -> db.sql("alter index " + index.shadowName() + " rename to " + index.name())
                .update());
        letters.clear(follower.name());
        poison.forEach(each ->
                letters.park(follower.name(), each.sequence(), each.event().meta(), each.cause()));
        follower.moveTo(end, subscriber.table().version());
        return new Result(count, differences);
    }

    private void catchUp(String name, long from, long end) {
        var reached = from;
        while (reached < end) {
            var events = log.read(reached, end, subscriber.contexts(), FETCH);
            var healthy = events.stream()
                    .filter(event -> subscriber.sequencesOf(event).stream().noneMatch(poisoned::contains))
                    .toList();
            subscriber.handle(name, healthy);
            reached = events.size() == FETCH ? events.getLast().meta().position() : end;
        }
    }

    private long differences() {
        var key = subscriber.rows().key();
        var columns = subscriber.rows().allColumns();
        return db.sql("select count(*) from (select " + columns + " from " + serving + ") a full join (select "
                        + columns + " from " + shadow + ") b on a." + key + " = b." + key
                        + " where a is distinct from b")
                .query(Long.class)
                .single();
    }

    /// An index of the serving table.
    ///
    /// @param onShadow the statement that makes its like on the shadow table
    private record Index(String name, String onShadow) {
        String shadowName() {
            return name + "_rebuild";
        }
    }

    private List<Index> indexes() {
        return db.sql("""
                        select i.relname, x.indisprimary, pg_get_indexdef(x.indexrelid)
                        from pg_index x join pg_class i on i.oid = x.indexrelid
                        where x.indrelid = ?::regclass order by x.indisprimary desc, i.relname
                        """)
                .param(serving)
                .query((row, _) -> index(row.getString(1), row.getBoolean(2), row.getString(3)))
                .list();
    }

    private Index index(String name, boolean primary, String definition) {
        var columns = definition.substring(definition.indexOf('('));
        var using = definition.substring(definition.indexOf(" USING "));
        var unique = definition.startsWith("CREATE UNIQUE") && !primary ? "unique " : "";
        var statement = primary
                ? "alter table " + shadow + " add constraint " + name + "_rebuild primary key " + columns
                : "create " + unique + "index " + name + "_rebuild on " + shadow + using;
        return new Index(name, statement);
    }

    private void unbounded() {
        db.sql("""
                        select set_config(name, '0', true) from pg_settings
                        where name in ('transaction_timeout', 'statement_timeout')
                        """).query(String.class).list();
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void sql(Work work) {
        var connection = DataSourceUtils.getConnection(pool);
        try {
            work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }
}
