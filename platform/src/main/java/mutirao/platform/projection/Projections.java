package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Tail;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.rest.Traffic;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Follower;
import mutirao.platform.stream.Followers;
import mutirao.platform.stream.Subscriber;
import mutirao.platform.stream.Subscribers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The projections of this process: how they stand, and their rebuilds, of which one runs at a time in the whole
/// installation. A projection whose version is new to the log is built by itself. Thread-safe.
public final class Projections implements Subscribers, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /// How long after the last request a rebuild takes only half of what it could.
    private static final Duration POLITE = Duration.ofSeconds(1);
    /// How often to look for rebuilds whose process has died.
    private static final Duration DEAD = Duration.ofSeconds(3);

    private final Map<String, ProjectionSubscriber<?>> byName = new TreeMap<>();
    private final ObjectProvider<Followers> followers;
    private final EventLog log;
    private final DataSource pool;
    private final Rebuilds rebuilds;
    private final Standings standings;
    private final Serving serving;
    private final Clock clock;
    private final Traffic traffic;
    private final int rowsInMemory;
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private ExecutorService worker = Executors.newSingleThreadExecutor();
    private ExecutorService reader = Executors.newSingleThreadExecutor();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Progress current;
    private volatile boolean running;

    /// @param rowsInMemory that a rebuild holds at most
    Projections(
            List<ReadModel<?>> models,
            ObjectProvider<Followers> followers,
            EventLog log,
            DeadLetters letters,
            DataSource pool,
            Serving serving,
            Clock clock,
            Traffic traffic,
            int rowsInMemory) {
        models.forEach(model -> byName.put(model.table().name(), new ProjectionSubscriber<>(model, pool)));
        this.followers = followers;
        this.log = log;
        this.pool = pool;
        this.rebuilds = new Rebuilds(JdbcClient.create(pool), clock);
        this.standings = new Standings(log, letters, rebuilds, clock);
        this.serving = serving;
        this.clock = clock;
        this.traffic = traffic;
        this.rowsInMemory = rowsInMemory;
    }

    @Override
    public List<Subscriber> subscribers() {
        return List.copyOf(byName.values());
    }

    /// All of them, by name.
    public List<Standing> standings() {
        return byName.keySet().stream().map(this::standing).toList();
    }

    /// The names of all of them, in order.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// One of them.
    ///
    /// @param name of a projection that is here
    public Standing standing(String name) {
        return standings.of(subscriber(name), follower(name));
    }

    private ProjectionSubscriber<?> subscriber(String name) {
        return requireNonNull(byName.get(name));
    }

    private Follower follower(String name) {
        return followers.getObject().find(subscriber(name).name()).orElseThrow();
    }

    /// Whether there is such a projection here.
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /// The projection's last rebuild.
    public Optional<Rebuild> find(String name) {
        return rebuilds.find(name);
    }

    /// Asks for the end of the projection's rebuild, wherever it runs; its serving table stays as it was.
    ///
    /// @return whether one was running
    public boolean cancel(String name) {
        return rebuilds.cancel(name);
    }

    /// Begins to rebuild projections, one after the other.
    ///
    /// @param names        of projections that are here
    /// @param onDifference null for what fits: [OnDifference#STOP] unless its version is built for the first time
    /// @return the rebuild's id, the same for all; empty when one is running somewhere
    public Optional<UUID> rebuild(List<String> names, @Nullable OnDifference onDifference) {
        return Session.open(pool).map(session -> {
            var id = UUID.randomUUID();
            try {
                discardLeftovers(session);
                rebuilds.closeInterrupted();
                names.forEach(name -> rebuilds.begin(id, name));
                worker.execute(() -> {
                    try (session) {
                        names.forEach(name -> run(session, id, name, onDifference));
                    }
                });
                return id;
            } catch (RuntimeException e) { // thrown on: whatever it is, the lock is given back
                session.close();
                throw e;
            }
        });
    }

    /// Cleans up after a process that has died, unless somebody holds the lock, who did. Its rebuild is closed last: as
    /// long as anything is left of it, because a statement of that process still runs, the next look tries again.
    private void cleanUp() {
        Session.open(pool).ifPresent(session -> {
            try (session) {
                if (discardLeftovers(session)) {
                    rebuilds.closeInterrupted();
                }
            }
        });
    }

    /// @return whether nothing is left
    private boolean discardLeftovers(Session session) {
        return byName.values().stream()
                        .filter(each -> !new TableSet(session.db(), each.table().physical()).discardShadow())
                        .count()
                == 0;
    }

    private void run(Session session, UUID id, String name, @Nullable OnDifference asked) {
        try (var progress = new Progress(id, name, rebuilds, session)) {
            current = progress;
            try {
                if (!running) {
                    progress.cancel();
                }
                progress.check();
                rebuild(session, id, name, asked, progress);
                progress.finish(State.DONE, null);
                LOG.info("{} is rebuilt", name);
            } catch (RuntimeException e) { // whatever a fold or a statement throws, its end is told
                if (progress.cancelled() || e instanceof Rebuilder.Cancelled) {
                    givenUp.add(name);
                    LOG.info("{}: the rebuild was cancelled", name);
                    progress.finish(State.CANCELLED, null);
                } else {
                    LOG.warn("{} was not rebuilt, the old table goes on serving", name, e);
                    progress.finish(State.FAILED, told(e));
                }
            } finally {
                current = null;
            }
        }
    }

    /// What an operator is told went wrong. The database quotes the rows that it refuses, which may be any
    /// organization's: of what it says only the state's code is told.
    static String told(RuntimeException e) {
        if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql) {
            return "SQLSTATE " + sql.getSQLState() + ", see the log";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void rebuild(Session session, UUID id, String name, @Nullable OnDifference asked, Progress progress) {
        var subscriber = subscriber(name);
        var table = subscriber.table();
        var follower = follower(name);
        var building = follower.status().state().equals(Standings.BUILDING);
        var baseline = building
                ? serving.older(table)
                        .map(version ->
                                new Baseline(Table.physical(name, version), ProjectionSubscriber.nameOf(name, version)))
                : Optional.of(new Baseline(table.physical(), follower.name()));
        var onDifference = asked != null ? asked : building ? OnDifference.SWAP : OnDifference.STOP;
        rebuilds.started(id, name, log.count(log.horizon(), subscriber.contexts()));
        new Rebuilder<>(subscriber, follower, log, session, progress, rowsInMemory, this::reader)
                .run(baseline, !building, onDifference);
    }

    /// While people are served it reads, decodes and folds in turn, which leaves them a processor; else side by side.
    private Executor reader() {
        return traffic.within(POLITE) ? Runnable::run : reader;
    }

    /// Puts the table back that served before the last rebuild, brought up to date. Doing it twice undoes it.
    ///
    /// @return how it stands then; empty when nothing is kept
    /// @throws RebuildRunning when a rebuild is running somewhere
    public Optional<Standing> goBack(String name) {
        try (var session = Session.open(pool).orElseThrow(RebuildRunning::new)) {
            return new GoBack<>(subscriber(name), follower(name), log, session).run()
                    ? Optional.of(standing(name))
                    : Optional.empty();
        }
    }

    /// Builds what waits to be built, and cleans up after a process that has died, unless another process does.
    private void build() {
        var toBuild = true;
        try {
            var pause = LOOK;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = LOOK;
                try {
                    toBuild = toBuild && !waiting().isEmpty();
                    pause = toBuild ? buildWaiting() : closeDead();
                } catch (RuntimeException e) { // nobody else would look after them
                    LOG.warn("projections cannot be looked after, trying again in {}", pause, e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return how long to wait before the next look
    private Duration buildWaiting() {
        var waiting = waiting();
        waiting.removeIf(this::hasJustFailed);
        if (current == null && !waiting.isEmpty()) {
            rebuild(waiting, null);
        }
        return LOOK;
    }

    private Duration closeDead() {
        if (current == null && rebuilds.anyRunning()) {
            cleanUp();
        }
        return DEAD;
    }

    private boolean hasJustFailed(String name) {
        return find(name)
                .filter(rebuild -> rebuild.state() == State.FAILED && !Rebuilds.INTERRUPTED.equals(rebuild.error()))
                .map(Rebuild::finishedAt)
                .filter(finished -> finished.isAfter(clock.instant().minus(AFTER_FAILURE)))
                .isPresent();
    }

    private List<String> waiting() {
        var waiting = new ArrayList<>(byName.keySet());
        waiting.removeAll(givenUp);
        waiting.removeIf(name -> !follower(name).status().state().equals(Standings.BUILDING));
        return waiting;
    }

    @Override
    public void start() {
        running = true;
        stopping = new CountDownLatch(1);
        givenUp.clear();
        worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("rebuild").factory());
        reader = Executors.newFixedThreadPool(
                2, Thread.ofPlatform().daemon().name("rebuild-reader-", 0).factory());
        cleanUp();
        Thread.ofVirtual().name("projection-builder").start(this::build);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        Optional.ofNullable(current).ifPresent(Progress::cancel);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a rebuild does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the followers, before whoever is served.
    @Override
    public int getPhase() {
        return Tail.PHASE + 200;
    }
}
