package mutirao.messaging.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import mutirao.messaging.internal.Transport.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Subscribes the groups of this process, after everything else has started and until it ends: takes nothing new
/// then, finishes what runs within `mutirao.messaging.shutdown-timeout`, and leaves the rest to others.
final class Listening implements SmartLifecycle {
    /// So that handlers find all they call running, and it still runs when they end: before the web server's.
    static final int PHASE = Integer.MAX_VALUE - 4096;

    private static final Logger LOG = LoggerFactory.getLogger("mutirao.messaging");

    private final Transport transport;
    private final Handlers handlers;
    private final Settings settings;
    private final Meters meters;
    private final Function<String, Lanes.Work> keepers;
    private final GroupMaker groups;
    private final List<Running> running = new ArrayList<>();
    private @Nullable ScheduledExecutorService timer;
    private volatile boolean started;

    private record Running(String what, Lanes lanes, Subscription subscription) {}

    /// @param keepers of dead letters, by group
    Listening(
            Transport transport,
            Handlers handlers,
            Settings settings,
            Meters meters,
            GroupMaker groups,
            Function<String, Lanes.Work> keepers) {
        this.transport = transport;
        this.handlers = handlers;
        this.settings = settings;
        this.meters = meters;
        this.groups = groups;
        this.keepers = keepers;
    }

    /// The topics that this process listens to for a group, without those of the library itself.
    Set<String> topics(List<Handler> group) {
        var topics = new LinkedHashSet<String>();
        group.forEach(handler -> topics.addAll(handler.topics()));
        if (!settings.consumers().topics().isEmpty()) {
            topics.retainAll(settings.consumers().topics());
        }
        return topics;
    }

    @Override
    public void start() {
        started = true;
        var waking = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("messaging-timer").factory());
        timer = waking;
        handlers.running(settings.consumers()).forEach((group, members) -> {
            var topics = topics(members);
            topics.forEach(topic -> meters.lag(group, topic, LastKnown.of(() -> transport.lag(group, topic))));
            topics.add(Undertaker.retryTopic(group));
            // All of the group: its retry topic brings what others of it could not handle.
            listen(group, topics, groups.group(group, handlers.of(group)));
            listen(Keeper.group(group), Set.of(Undertaker.deadTopic(group)), keepers.apply(group));
        });
        if (!running.isEmpty()) {
            waking.prestartCoreThread(); // an application that only consumes does not end with its `main`
        }
    }

    private void listen(String group, Set<String> topics, Lanes.Work work) {
        var lanes = new Lanes(work, settings.concurrency(), requireNonNull(timer));
        var what = group + " " + topics;
        LOG.info("messaging: {} listens to {}", group, topics);
        meters.inFlight(
                "in",
                lanes::unfinished,
                "group",
                group,
                "topic",
                topics.iterator().next());
        running.add(new Running(what, lanes, transport.subscribe(group, topics, settings.prefetch(), lanes)));
    }

    @Override
    public void stop() {
        running.forEach(each -> each.subscription.stop());
        running.forEach(each -> each.lanes.stop());
        LOG.info("messaging: nothing new is begun, what runs is waited for");
        var end = System.nanoTime() + settings.shutdownTimeout().toNanos();
        for (var each : running) {
            if (!each.lanes.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                LOG.warn(
                        "messaging: {} still runs after {}; what it does not finish comes again",
                        each.what,
                        settings.shutdownTimeout());
            }
        }
        running.forEach(each -> each.subscription.close());
        running.clear();
        requireNonNull(timer).shutdownNow();
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
