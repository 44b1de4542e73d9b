package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Followers;
import mutirao.platform.stream.Subscriber;
import mutirao.platform.stream.Subscribers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The projections of this process: how they stand, and their rebuilds, of which one runs at a time in the whole
/// installation. Thread-safe.
public final class Projections implements Subscribers, SmartInitializingSingleton, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final long REBUILD_LOCK = 0x6d7574697261L;

    private final Map<String, ProjectionSubscriber<?>> byName = new TreeMap<>();
    private final ObjectProvider<Followers> followers;
    private final EventLog log;
    private final DeadLetters letters;
    private final DataSource pool;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("rebuild").factory());
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    Projections(
            List<ReadModel<?>> models,
            ObjectProvider<Followers> followers,
            EventLog log,
            DeadLetters letters,
            DataSource pool,
            PlatformTransactionManager transactions,
            Clock clock) {
        models.forEach(model -> byName.put(model.table().name(), new ProjectionSubscriber<>(model, pool)));
        this.followers = followers;
        this.log = log;
        this.letters = letters;
        this.pool = pool;
        this.db = JdbcClient.create(pool);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /// How a projection stands.
    ///
    /// @param head       how far it could have read
    /// @param lagEvents  events it has not read yet
    /// @param lagMillis  since the first of them was recorded
    /// @param state      LIVE, REBUILDING, or PAUSED at an event that this version does not know
    public record Standing(
            String name,
            String table,
            int version,
            long position,
            long head,
            long lagEvents,
            long lagMillis,
            String state,
            long deadLetters) {}

    @Override
    public List<Subscriber> subscribers() {
        return List.copyOf(byName.values());
    }

    /// All of them, by name.
    public List<Standing> standings() {
        return byName.keySet().stream().map(this::standing).toList();
    }

    private Standing standing(String name) {
        var follower =
                followers.getObject().find(ProjectionSubscriber.nameOf(name)).orElseThrow();
        var status = follower.status();
        var head = Math.max(log.horizon(), status.position());
        var parked = letters.count(follower.name());
        var rebuilding =
                find(name).filter(rebuild -> rebuild.state() == State.RUNNING).isPresent();
        return new Standing(
                name,
                name,
                requireNonNull(byName.get(name)).table().version(),
                status.position(),
                head,
                head - status.position(),
                lagMillis(status.position(), head),
                rebuilding ? "REBUILDING" : status.state(),
                parked);
    }

    private long lagMillis(long position, long head) {
        return log.read(position, head, Set.of(), 1).stream()
                .findFirst()
                .map(event -> Duration.between(event.meta().timestamp(), clock.instant())
                        .toMillis())
                .map(millis -> Math.max(0, millis))
                .orElse(0L);
    }

    /// Whether there is such a projection here.
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /// Begins to rebuild projections, one after the other.
    ///
    /// @param names of projections that are here
    /// @return the rebuild's id, the same for all; empty when one is running somewhere
    public Optional<UUID> rebuild(List<String> names) {
        var lock = lock();
        if (lock == null) {
            return Optional.empty();
        }
        var id = UUID.randomUUID();
        try {
            closeInterrupted();
            names.forEach(name -> begin(id, name));
            worker.execute(() -> {
                names.forEach(name -> run(id, name));
                lock.close();
            });
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        return Optional.of(id);
    }

    /// Whoever holds the lock knows that no other rebuild runs: what still says so was cut off.
    private void closeInterrupted() {
        db.sql("update projection_rebuild set state = 'FAILED', error = 'interrupted', finished_at = ?"
                        + " where state = 'RUNNING'")
                .param(now())
                .update();
    }

    /// Closes what a process that died has left open.
    @Override
    public void afterSingletonsInstantiated() {
        var lock = lock();
        if (lock != null) {
            try (lock) {
                closeInterrupted();
            }
        }
    }

    /// A connection of its own that holds the lock until it is given back.
    private record Lock(Connection connection) implements AutoCloseable {
        @Override
        public void close() {
            try (connection;
                    var statement = connection.createStatement()) {
                statement.execute("select pg_advisory_unlock(" + REBUILD_LOCK + ")");
            } catch (SQLException e) {
                LOG.warn("the rebuild's lock was not given back: {}", e.toString());
            }
        }
    }

    private @Nullable Lock lock() {
        try {
            var connection = pool.getConnection();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_try_advisory_lock(" + REBUILD_LOCK + ")")) {
                row.next();
                if (row.getBoolean(1)) {
                    return new Lock(connection);
                }
            }
            connection.close();
            return null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(UUID id, String name) {
        db.sql("""
                        insert into projection_rebuild (id, projection, state, processed, total, started_at)
                        values (?, ?, 'RUNNING', 0, (select count(*) from domain_event), ?)
                        """).param(id).param(name).param(now()).update();
    }

    private void run(UUID id, String name) {
        try {
            var subscriber = requireNonNull(byName.get(name));
            var follower = followers.getObject().find(subscriber.name()).orElseThrow();
            var result = new Rebuilder<>(subscriber, follower, log, letters, pool, transaction)
                    .run(processed -> progress(id, name, processed), () -> cancelled.contains(name));
            finish(id, name, State.DONE, result, null);
            LOG.info("{} rebuilt: {} rows, {} different", name, result.rows(), result.differences());
        } catch (Rebuilder.Cancelled _) {
            finish(id, name, State.CANCELLED, null, null);
        } catch (RuntimeException e) {
            LOG.warn("{} was not rebuilt, the old table goes on serving: {}", name, e.toString());
            finish(id, name, State.FAILED, null, e.toString());
        }
    }

    private void progress(UUID id, String name, long processed) {
        db.sql("update projection_rebuild set processed = ? where id = ? and projection = ?")
                .param(processed)
                .param(id)
                .param(name)
                .update();
    }

    private void finish(UUID id, String name, State state, Rebuilder.@Nullable Result result, @Nullable String error) {
        db.sql("""
                        update projection_rebuild
                        set state = ?, rows = ?, differences = ?, error = ?, finished_at = ?
                        where id = ? and projection = ?
                        """)
                .param(state.name())
                .param(result == null ? null : result.rows())
                .param(result == null ? null : result.differences())
                .param(error)
                .param(now())
                .param(id)
                .param(name)
                .update();
        cancelled.remove(name);
    }

    /// The projection's last rebuild.
    public Optional<Rebuild> find(String name) {
        return db.sql("""
                        select id, projection, state, processed, total, started_at, finished_at, rows, differences, error
                        from projection_rebuild where projection = ? order by started_at desc limit 1
                        """)
                .param(name)
                .query((row, _) -> {
                    var started =
                            row.getObject("started_at", OffsetDateTime.class).toInstant();
                    var finished = row.getObject("finished_at", OffsetDateTime.class);
                    return rebuild(
                            row.getObject("id", UUID.class),
                            name,
                            State.valueOf(row.getString("state")),
                            row.getLong("processed"),
                            row.getLong("total"),
                            started,
                            finished == null ? null : finished.toInstant(),
                            row.getObject("rows", Long.class),
                            row.getObject("differences", Long.class),
                            row.getString("error"));
                })
                .optional();
    }

    private Rebuild rebuild(
            UUID id,
            String name,
            State state,
            long processed,
            long total,
            Instant started,
            @Nullable Instant finished,
            @Nullable Long rows,
            @Nullable Long differences,
            @Nullable String error) {
        var seconds = Math.max(
                1e-3,
                Duration.between(started, finished == null ? clock.instant() : finished)
                                .toNanos()
                        / 1e9);
        var rate = processed / seconds;
        var percent = state == State.DONE || total == 0 ? 100.0 : Math.min(100.0, 100.0 * processed / total);
        var eta = state == State.RUNNING && rate > 0 ? (long) Math.ceil((total - processed) / rate) : null;
        return new Rebuild(
                id, name, state, processed, total, percent, rate, eta, started, finished, rows, differences, error);
    }

    /// Stops the projection's rebuild, if one runs here; its serving table stays as it was.
    ///
    /// @return whether one was running
    public boolean cancel(String name) {
        var running = find(name).filter(rebuild -> rebuild.state() == State.RUNNING);
        running.ifPresent(rebuild -> cancelled.add(rebuild.name()));
        return running.isPresent();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
