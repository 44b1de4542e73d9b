package mutirao.messaging.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A number that it takes a while to find out, as it was last: whoever asks does not wait, and has it found out
/// anew when it is older than some seconds. Thread-safe.
final class LastKnown implements Supplier<Number> {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier source;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long value = -1;
    private volatile long since = System.nanoTime() - FRESH_NANOS;

    /// @param source gives -1 when it cannot be found out
    LastKnown(LongSupplier source) {
        this.source = source;
    }

    /// -1 until it has been found out.
    @Override
    public Number get() {
        if (System.nanoTime() - since >= FRESH_NANOS && asking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::ask);
        }
        return value;
    }

    private void ask() {
        try {
            value = source.getAsLong();
        } finally {
            since = System.nanoTime();
            asking.set(false);
        }
    }
}
