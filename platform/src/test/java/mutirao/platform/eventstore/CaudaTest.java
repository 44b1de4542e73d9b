package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The end of the log while the store that it is read from is away.
class CaudaTest {
    private static final Duration ATE = Duration.ofSeconds(30);
    private static final long HEAD = 7;

    private final Logger log = (Logger) LoggerFactory.getLogger(Tail.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final List<Long> looks = new CopyOnWriteArrayList<>();
    private final Tail tail = new Tail(this::look, () -> false, Duration.ofMillis(1));
    private volatile boolean away = true;

    @BeforeEach
    void ouve() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void fim() {
        away = false;
        tail.stop();
        log.detachAppender(said);
    }

    private long look() {
        looks.add(System.nanoTime());
        if (away) {
            throw new EventStoreException("away");
        }
        return HEAD;
    }

    @Test
    void a_partida_espera_e_o_problema_e_dito_uma_vez_no_comeco_e_uma_no_fim() {
        var start = CompletableFuture.runAsync(tail::start, Thread::startVirtualThread);
        await().atMost(ATE).until(() -> looks.size() >= 9);
        assertThat(start).isNotDone();
        assertThat(tail.readable()).isFalse();

        away = false;
        assertThat(start).succeedsWithin(ATE);
        assertThat(tail.reached()).isEqualTo(HEAD);
        assertThat(tail.readable()).isTrue();
        assertThat(said.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);

        away = true;
        await().atMost(ATE).until(() -> !tail.readable());
        away = false;
        await().atMost(ATE).until(tail::readable);
        assertThat(said.list).hasSize(4);
    }

    /// Sleeping takes at least as long as asked for, however busy the machine.
    @Test
    void cada_vez_olha_mais_devagar() {
        var start = CompletableFuture.runAsync(tail::start, Thread::startVirtualThread);
        await().atMost(ATE).until(() -> looks.size() >= 9);

        assertThat(Duration.ofNanos(looks.get(8) - looks.get(0))).isGreaterThan(Duration.ofMillis(500));
        away = false;
        assertThat(start).succeedsWithin(ATE);
    }
}
