package mutirao.messaging.internal.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/// Gives messages to the producer in the order they were sent. The producer blocks while it does not know a topic
/// or has no memory left, and whoever sends must not: as soon as it has refused one, that one and all that follow
/// wait for a thread of the outbox's own.
final class Outbox implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Topics topics;
    private final Duration patience;
    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final Pause pause = new Pause();
    private final ExecutorService thread;
    private final AtomicInteger waiting = new AtomicInteger();
    /// Null as long as there is none that is known to take messages.
    private volatile @Nullable Producer<byte[], byte[]> producer;

    Outbox(Clients clients, Topics topics) {
        this.topics = topics;
        this.patience = clients.delivery();
        this.producers = new DefaultKafkaProducerFactory<>(clients.producer());
        producers.setPhysicalCloseTimeout((int) GOODBYE.toSeconds());
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(clients.name() + "-outbox").factory());
    }

    /// Completes on the producer's thread, which must not be kept.
    CompletableFuture<Void> send(Wire message) {
        var letter = new Letter(message);
        if (!letter.handOver()) {
            waiting.incrementAndGet();
            try {
                thread.execute(letter);
            } catch (RejectedExecutionException e) {
                letter.fail(new KafkaException("closed", e));
            }
        }
        return letter.confirmed;
    }

    /// Sends what waits, if that is possible within some seconds.
    @Override
    public void close() {
        producer = null;
        pause.stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                for (var unsent : thread.shutdownNow()) {
                    ((Letter) unsent).fail(new KafkaException("closed"));
                }
                thread.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producers.destroy();
    }

    /// A message that the producer has not taken yet.
    private final class Letter implements Runnable {
        private final Wire message;
        private final long deadline = System.nanoTime() + patience.toNanos();
        private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

        Letter(Wire message) {
            this.message = message;
        }

        void fail(Exception failure) {
            confirmed.completeExceptionally(failure);
        }

        /// The short way, when nothing waits before it.
        boolean handOver() {
            var ready = producer;
            if (ready == null || waiting.get() > 0 || !topics.isKnown(message.topic())) {
                return false;
            }
            var taken = give(ready) == null;
            if (!taken) {
                producer = null;
            }
            return taken;
        }

        /// Tries until the producer has it; the next one waits so long, and that keeps their order.
        @Override
        public void run() {
            try {
                insist();
            } finally {
                waiting.decrementAndGet();
            }
        }

        private void insist() {
            pause.reset();
            Exception failure = new TimeoutException("Kafka could not be reached in " + patience);
            while (System.nanoTime() - deadline < 0) {
                failure = post();
                if (failure == null) {
                    return;
                }
                topics.forget(message.topic());
                if (!mayPass(failure) || !pause.await()) {
                    break;
                }
            }
            fail(failure);
        }

        private static boolean mayPass(Exception failure) {
            // That is also how a name that is not resolved yet shows.
            return failure instanceof RetriableException || failure.getCause() instanceof ConfigException;
        }

        private @Nullable Exception post() {
            try {
                topics.ensure(message.topic());
                var made = producers.createProducer();
                var failure = give(made);
                if (failure == null) {
                    producer = made;
                } else if (isBroken(failure)) {
                    producers.reset();
                }
                return failure;
            } catch (RuntimeException e) {
                return e;
            }
        }

        /// A producer never leaves this state; all other failures have a class of their own.
        private static boolean isBroken(Exception failure) {
            return failure.getClass().equals(KafkaException.class) || failure instanceof IllegalStateException;
        }

        /// Why the producer did not take it.
        private @Nullable Exception give(Producer<byte[], byte[]> producer) {
            var handing = new Handing(confirmed);
            try {
                var _ = producer.send(Records.of(message), handing);
            } catch (RuntimeException e) {
                return e;
            }
            return handing.over();
        }
    }

    /// What the producer calls when it has the broker's answer, and at once, on the thread that sends, when it does
    /// not take a message at all.
    private static final class Handing implements Callback {
        private final CompletableFuture<Void> confirmed;
        private final Thread sender = Thread.currentThread();
        private boolean over;
        private @Nullable Exception refused;

        Handing(CompletableFuture<Void> confirmed) {
            this.confirmed = confirmed;
        }

        @Nullable
        Exception over() {
            over = true;
            return refused;
        }

        @Override
        public void onCompletion(RecordMetadata written, @Nullable Exception failure) {
            if (failure == null) {
                confirmed.complete(null);
            } else if (Thread.currentThread().equals(sender) && !over) {
                refused = failure;
            } else {
                confirmed.completeExceptionally(failure);
            }
        }
    }
}
