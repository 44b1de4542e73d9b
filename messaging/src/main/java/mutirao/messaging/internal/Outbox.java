package mutirao.messaging.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.messaging.NotConfirmed;
import org.jspecify.annotations.Nullable;

/// The way out: bounds how much is unconfirmed and how long a confirmation is waited for. While the broker is away
/// messages wait here, in the order they were sent. Thread-safe.
final class Outbox implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Transport transport;
    private final Meters meters;
    private final Duration timeout;
    private final Semaphore room;
    private final int size;
    /// What is waited for. Looking now and then whether one of them is late costs less than an alarm for each.
    private final Set<Sending> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("messaging-watch").factory());
    /// What came while the transport was not ready, and all that came after it.
    private final ExecutorService queue = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("messaging-outbox").factory());
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean closed;

    /// @param size so many are unconfirmed at most
    Outbox(Transport transport, Meters meters, int size, Duration timeout) {
        this.transport = transport;
        this.meters = meters;
        this.timeout = timeout;
        this.size = size;
        this.room = new Semaphore(size, true);
        meters.inFlight("out", () -> this.size - room.availablePermits());
        var pause = Math.clamp(timeout.toMillis() / 20, 1, LONGEST_PAUSE.toMillis());
        var _ = watch.scheduleWithFixedDelay(this::giveUpWhatIsLate, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static final class Sending {
        private final Wire message;
        private final String what;
        private final long deadline;
        private final CompletableFuture<Void> answer = new CompletableFuture<>();

        Sending(Wire message, String what, long deadline) {
            this.message = message;
            this.what = what;
            this.deadline = deadline;
        }
    }

    /// Sends a message; waits first when there is no room.
    ///
    /// @throws NotConfirmed when there was none in time; it was not sent
    CompletableFuture<Void> send(Wire message) {
        return send(message, message.attributes().getOrDefault("type", message.topic()));
    }

    /// Sends a message, as the other.
    ///
    /// @param what it is counted as
    CompletableFuture<Void> send(Wire message, String what) {
        if (!roomInTime()) {
            meters.published(what, Meters.Told.FAILED);
            throw new NotConfirmed("%d messages to %s and others are unconfirmed, and none was confirmed within %s"
                    .formatted(size, message.topic(), timeout));
        }
        var sending = new Sending(message, what, System.nanoTime() + timeout.toNanos());
        open.add(sending);
        var _ = handedOver(sending).whenComplete((_, fault) -> {
            // Its room is free when the transport has let go of it, not when whoever waits gives up.
            room.release();
            end(sending, fault);
        });
        return sending.answer;
    }

    private CompletableFuture<Void> handedOver(Sending sending) {
        if (queued.get() == 0 && transport.isReady()) {
            var sent = handOver(sending.message);
            if (!isNotSent(sent)) {
                return sent;
            }
        }
        var later = new CompletableFuture<Void>();
        queued.incrementAndGet();
        try {
            queue.execute(() -> handOverWhenReady(sending, later));
        } catch (RejectedExecutionException e) {
            later.completeExceptionally(e);
        }
        return later;
    }

    private void handOverWhenReady(Sending sending, CompletableFuture<Void> later) {
        try {
            var _ = insist(sending).whenComplete((_, fault) -> {
                if (fault == null) {
                    later.complete(null);
                } else {
                    later.completeExceptionally(fault);
                }
            });
        } finally {
            queued.decrementAndGet();
        }
    }

    /// Until the transport has it, or it is late.
    private CompletableFuture<Void> insist(Sending sending) {
        try {
            while (!closed && System.nanoTime() - sending.deadline < 0) {
                if (transport.isReady()) {
                    var sent = handOver(sending.message);
                    if (!isNotSent(sent)) {
                        return sent;
                    }
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.failedFuture(
                closed ? new IllegalStateException("the application ends") : new TimeoutException());
    }

    /// Known at once, so that nothing that was sent after it is before it.
    private static boolean isNotSent(CompletableFuture<Void> sent) {
        return sent.isCompletedExceptionally() && !sent.isCancelled() && sent.exceptionNow() instanceof NotSent;
    }

    private CompletableFuture<Void> handOver(Wire message) {
        try {
            return meters.observedSend(message, transport::send);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void giveUpWhatIsLate() {
        var now = System.nanoTime();
        for (var sending : open) {
            if (now - sending.deadline >= 0) {
                end(sending, new TimeoutException());
            }
        }
    }

    private void end(Sending sending, @Nullable Throwable fault) {
        if (!open.remove(sending)) {
            return; // it was late, and has been given up
        }
        meters.published(sending.what, Meters.Told.of(fault));
        if (fault == null) {
            sending.answer.complete(null);
        } else {
            sending.answer.completeExceptionally(loud(sending.message, fault));
        }
    }

    /// What the transport has not got fails. Who waits for the rest hears nothing any more of being late.
    @Override
    public void close() {
        closed = true;
        queue.shutdownNow().forEach(Runnable::run);
        watch.shutdownNow();
    }

    private boolean roomInTime() {
        try {
            return room.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private NotConfirmed loud(Wire message, Throwable fault) {
        var cause = fault.getCause() != null && fault instanceof CompletionException ? fault.getCause() : fault;
        var what = "%s %s to %s"
                .formatted(
                        message.attributes().getOrDefault("type", "a message"),
                        message.attributes().getOrDefault("id", ""),
                        message.topic());
        return cause instanceof TimeoutException
                ? new NotConfirmed(
                        "%s was not confirmed within %s%s"
                                .formatted(what, timeout, transport.isReady() ? "" : ", the broker is away"),
                        cause)
                : new NotConfirmed("%s was not confirmed: %s".formatted(what, cause), cause);
    }
}
