package mutirao.messaging.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what a subscription takes: messages of one key one after the other, different keys side by side. A message
/// that waits to be tried again holds up its own lane only, and no thread.
final class Lanes implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger("mutirao.messaging");
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final Work work;
    private final int concurrency;
    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Lane, Deque<Task>> lanes = new HashMap<>();
    private final Set<Task> open = new HashSet<>();
    /// What may begin, the first of each lane.
    private final Deque<Task> ready = new ArrayDeque<>();
    private int workers;
    private boolean closing;

    /// @param concurrency so many run at once
    /// @param timer       wakes what waits; it is not shut down here
    Lanes(Work work, int concurrency, ScheduledExecutorService timer) {
        this.work = work;
        this.concurrency = concurrency;
        this.timer = timer;
    }

    /// What is done with a message.
    interface Work {
        /// What is to be done with one.
        Attempts begin(Delivery delivery);
    }

    /// One message's attempts, made one after the other.
    interface Attempts {
        /// Makes the next. Throws nothing.
        Verdict next();
    }

    /// What comes after an attempt.
    sealed interface Verdict {
        /// It is done with.
        record Done() implements Verdict {}

        /// It is to be tried again.
        ///
        /// @param after   a pause
        /// @param ordered whether its lane waits for it
        record Again(Duration after, boolean ordered) implements Verdict {}
    }

    /// What order is kept in.
    private record Lane(String topic, String key) {}

    private static final class Task {
        final Delivery delivery;
        final Attempts attempts;
        boolean running;
        boolean dropped;
        /// Whether the messages behind it have gone on without it.
        boolean overtaken;

        Task(Delivery delivery, Attempts attempts) {
            this.delivery = delivery;
            this.attempts = attempts;
        }
    }

    @Override
    public void receive(Delivery delivery) {
        var task = new Task(delivery, work.begin(delivery));
        lock.lock();
        try {
            if (closing) {
                return;
            }
            open.add(task);
            var key = delivery.message().key();
            if (key == null) {
                task.overtaken = true;
            } else {
                var lane = lanes.computeIfAbsent(lane(delivery, key), _ -> new ArrayDeque<>());
                lane.add(task);
                if (lane.size() > 1) {
                    return;
                }
            }
            ready(task);
        } finally {
            lock.unlock();
        }
    }

    private static Lane lane(Delivery delivery, String key) {
        return new Lane(delivery.message().topic(), key);
    }

    /// Under the lock.
    private void ready(Task task) {
        ready.add(task);
        if (workers < concurrency) {
            workers++;
            Thread.ofVirtual().name("messaging").start(this::runWhatIsReady);
        }
    }

    private void runWhatIsReady() {
        for (var task = first(); task != null; ) {
            task = next(task, attempt(task));
        }
    }

    private static Verdict attempt(Task task) {
        try {
            var verdict = task.attempts.next();
            if (verdict instanceof Verdict.Done) {
                task.delivery.done();
            }
            return verdict;
        } catch (Throwable e) { // a fault of ours: neither the message nor the worker is lost
            LOG.error("messaging: {} is tried again", task.delivery.place(), e);
            return new Verdict.Again(AFTER_A_FAULT, true);
        }
    }

    private @Nullable Task first() {
        lock.lock();
        try {
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task next(Task before, Verdict verdict) {
        lock.lock();
        try {
            end(before, verdict);
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task taken() {
        for (var task = ready.poll(); task != null; task = ready.poll()) {
            if (!task.dropped) {
                task.running = true;
                return task;
            }
        }
        workers--;
        return null;
    }

    private void end(Task task, Verdict verdict) {
        task.running = false;
        ended.signalAll();
        switch (verdict) {
            case Verdict.Done() -> {
                open.remove(task);
                letNextGo(task);
            }
            case Verdict.Again(var pause, var ordered) -> {
                if (!ordered) {
                    letNextGo(task);
                }
                if (!task.dropped && !closing) {
                    var _ = timer.schedule(() -> again(task), pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void again(Task task) {
        lock.lock();
        try {
            ready(task);
        } finally {
            lock.unlock();
        }
    }

    private void letNextGo(Task task) {
        var key = task.delivery.message().key();
        if (task.overtaken || key == null || task.dropped) {
            return;
        }
        task.overtaken = true;
        var name = lane(task.delivery, key);
        var lane = lanes.get(name);
        if (lane == null || !task.equals(lane.peek())) {
            return;
        }
        lane.remove();
        if (lane.isEmpty()) {
            lanes.remove(name);
        } else if (!closing) {
            ready(lane.element());
        }
    }

    @Override
    public void revoke(Object partition) {
        drop(task -> task.delivery.partition().equals(partition));
        await(task -> task.delivery.partition().equals(partition), Long.MAX_VALUE);
    }

    /// Begins nothing any more.
    void stop() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        drop(_ -> true);
    }

    /// Waits for what runs.
    ///
    /// @return whether all of it ended in time
    boolean awaitEnd(Duration timeout) {
        return await(_ -> true, timeout.toNanos());
    }

    /// How many messages have been taken and are not done with.
    int unfinished() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    private void drop(Predicate<Task> which) {
        lock.lock();
        try {
            var gone = open.stream().filter(which).toList();
            gone.forEach(task -> task.dropped = true);
            for (var lane : List.copyOf(lanes.entrySet())) {
                lane.getValue().removeIf(task -> task.dropped);
                if (lane.getValue().isEmpty()) {
                    lanes.remove(lane.getKey());
                }
            }
            forget(gone);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Collection<Task> gone) {
        gone.stream().filter(task -> !task.running).forEach(open::remove);
    }

    private boolean await(Predicate<Task> which, long nanos) {
        var left = nanos;
        lock.lock();
        try {
            while (open.stream().anyMatch(task -> task.running && which.test(task))) {
                if (left <= 0) {
                    return false;
                }
                left = ended.awaitNanos(left);
            }
            open.removeIf(task -> task.dropped);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
