package mutirao.standalone;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a server again whenever it has ended without being told to, the sooner the longer it had run.
final class Supervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration SOUND = Duration.ofMinutes(1);
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final Server server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private long started = System.nanoTime();
    private Duration pause = LOOK;

    /// What is supervised.
    interface Server {
        boolean alive() throws IOException;

        void restart() throws IOException;
    }

    Supervisor(Server server) {
        this.server = server;
        this.thread = Thread.ofPlatform().daemon().name("postgres-supervisor").start(this::supervise);
    }

    private void supervise() {
        try {
            while (!closing.await(LOOK.toNanos(), NANOSECONDS)) {
                if (!alive()) {
                    revive();
                }
            }
        } catch (InterruptedException e) {
            log.debug("no longer supervised");
        }
    }

    private boolean alive() {
        try {
            return server.alive();
        } catch (IOException e) {
            log.debug("cannot be seen", e);
            return true;
        }
    }

    private void revive() throws InterruptedException {
        var ended = System.nanoTime();
        log.warn("PostgreSQL has ended without being told to; starting it again");
        pause = ended - started > SOUND.toNanos() ? LOOK : longer(pause);
        while (!closing.await(pause.toNanos(), NANOSECONDS)) {
            try {
                server.restart();
                started = System.nanoTime();
                log.warn("PostgreSQL is back after {} ms", NANOSECONDS.toMillis(started - ended));
                return;
            } catch (IOException | RuntimeException e) {
                pause = longer(pause);
                log.warn("PostgreSQL is still away, trying again in {}: {}", pause, e.getMessage());
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /// From now on an end is an end. Returns when a start that is under way has come to its own.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LONGEST_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
