package mutirao.benchmark.messaging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import mutirao.messaging.NotConfirmed;

/// Sends from many threads, each as fast as the library takes it, and waits for no confirmation; until it is closed.
final class Pressure implements AutoCloseable {
    private static final int THREADS = 16;

    private final IntFunction<CompletableFuture<Void>> sender;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean over;

    /// @param sender sends the message of a number
    Pressure(IntFunction<CompletableFuture<Void>> sender) {
        this.sender = sender;
        for (int i = 0; i < THREADS; i++) {
            threads.execute(this::send);
        }
    }

    private void send() {
        for (int i = 0; !over; i++) {
            sent.increment();
            try {
                var _ = sender.apply(i).whenComplete((_, fault) -> {
                    if (fault != null) {
                        failed.increment();
                    }
                });
            } catch (NotConfirmed e) {
                failed.increment();
            }
        }
    }

    @Override
    public String toString() {
        return "%,d sent from %d threads, %,d of them not confirmed in time"
                .formatted(sent.sum(), THREADS, failed.sum());
    }

    /// Waits until no thread waits for room any more.
    @Override
    public void close() {
        over = true;
        threads.close();
    }
}
