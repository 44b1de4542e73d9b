package mutirao.messaging.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A number that it takes a while to find out, as it was last: whoever asks has it found out anew when it is older
/// than some seconds, and does not wait for that. Only who asks right after the start waits a little for the first
/// answer, so that what is not known yet does not look like what cannot be known. Thread-safe.
final class LastKnown implements Supplier<Number> {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final LongSupplier source;
    private final long patientUntil = System.nanoTime() + PATIENCE_NANOS;
    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long value = -1;
    private volatile long since = System.nanoTime() - FRESH_NANOS;

    private LastKnown(LongSupplier source) {
        this.source = source;
    }

    /// Has it found out from now on.
    ///
    /// @param source gives -1 when it cannot be found out
    static LastKnown of(LongSupplier source) {
        var number = new LastKnown(source);
        number.refresh();
        return number;
    }

    /// -1 while it cannot be found out.
    @Override
    public Number get() {
        refresh();
        try {
            var _ = first.await(patientUntil - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return value;
    }

    private void refresh() {
        if (System.nanoTime() - since >= FRESH_NANOS && asking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::ask);
        }
    }

    private void ask() {
        try {
            value = source.getAsLong();
        } finally {
            since = System.nanoTime();
            asking.set(false);
            first.countDown();
        }
    }
}
