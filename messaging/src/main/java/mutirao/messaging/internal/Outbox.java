package mutirao.messaging.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.messaging.NotConfirmed;

/// The way out: bounds how much is unconfirmed and how long a confirmation is waited for. Thread-safe.
final class Outbox implements AutoCloseable {
    private final Transport transport;
    private final Meters meters;
    private final Duration timeout;
    private final Semaphore room;
    /// Its own: `orTimeout` runs in the common pool, of which a small machine has one thread, and who waits there
    /// for a confirmation would never hear that it is late.
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("messaging-alarms").factory());
    private final int size;

    /// @param size so many are unconfirmed at most
    Outbox(Transport transport, Meters meters, int size, Duration timeout) {
        this.transport = transport;
        this.meters = meters;
        this.timeout = timeout;
        this.size = size;
        this.room = new Semaphore(size, true);
        alarms.setRemoveOnCancelPolicy(true);
        meters.inFlight("out", () -> this.size - room.availablePermits());
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
            meters.published(what, false);
            throw new NotConfirmed("%d messages to %s and others are unconfirmed, and none was confirmed within %s"
                    .formatted(size, message.topic(), timeout));
        }
        CompletableFuture<Void> sent;
        try {
            sent = meters.observedSend(message, transport::send);
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var answer = new CompletableFuture<Void>();
        var alarm = alarms.schedule(
                () -> answer.completeExceptionally(new TimeoutException()), timeout.toNanos(), TimeUnit.NANOSECONDS);
        var _ = sent.whenComplete((_, fault) -> {
            // Its room is free when the transport has let go of it, not when whoever waits gives up.
            room.release();
            alarm.cancel(false);
            if (fault == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(fault);
            }
        });
        return answer.handle((_, fault) -> {
            meters.published(what, fault == null);
            if (fault != null) {
                throw loud(message, fault);
            }
            return null;
        });
    }

    /// Who still waits hears nothing any more of being late.
    @Override
    public void close() {
        alarms.shutdownNow();
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
                ? new NotConfirmed("%s was not confirmed within %s".formatted(what, timeout), cause)
                : new NotConfirmed("%s was not confirmed: %s".formatted(what, cause), cause);
    }
}
