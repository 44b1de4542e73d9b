package mutirao.platform.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import mutirao.api.DomainEvent;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.eventstore.Tail;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.stream.Followers;
import mutirao.platform.stream.Subscriber;
import mutirao.platform.stream.Subscribers;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Writers commit out of order, roll back, or stay prepared, while everything is rebuilt, cancelled and put back beside
/// them: nobody skips an event or gets it twice, and nobody waits longer than for the slowest writer that was open.
///
/// `-Dsegundos=600` makes it run that long, `-Dsemente=` repeats a run's decisions.
@Consulta
@TestPropertySource(properties = {"mutirao.projecao.linhas=300", "spring.datasource.hikari.maximum-pool-size=60"})
@Import(SobPressaoTest.Contagem.class)
class SobPressaoTest {
    private static final long SEED = Long.getLong("semente", System.nanoTime());
    private static final Duration TEMPO = Duration.ofSeconds(Long.getLong("segundos", 20));
    private static final int RAPIDOS = 6;
    private static final int LENTOS = 3;
    /// How long they keep a transaction open at most, in seconds.
    private static final double RAPIDO = 0.2;

    private static final double LENTO = 4;
    /// What a reader may wait longer than the slowest writer meanwhile was open: for the batch that brings its
    /// event, on a machine that does other things.
    private static final Duration FOLGA = Duration.ofSeconds(3);

    private static final Duration SEM_FIM = Duration.ofMinutes(2);

    @Autowired
    Projections projections;

    @Autowired
    List<ReadModel<?>> definitions;

    @Autowired
    Followers followers;

    @Autowired
    Tabelas tabelas;

    @Autowired
    Tail tail;

    @Autowired
    EventStore store;

    @Autowired
    DataSource pool;

    @Autowired
    JdbcClient db;

    @Autowired
    PlatformTransactionManager transactions;

    private final Queue<Escritor> escritores = new ConcurrentLinkedQueue<>();

    private final AtomicLong gravados = new AtomicLong();
    private final AtomicInteger preparadas = new AtomicInteger();
    private final AtomicInteger leituras = new AtomicInteger();
    private final AtomicLong maiorEspera = new AtomicLong();
    private final Collection<Future<?>> leitores = new ConcurrentLinkedQueue<>();
    private final List<String> reconstrucoes = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long fim;

    /// A transaction that writes.
    ///
    /// @param end 0 while it is open
    private record Escritor(long begin, AtomicLong end) {
        /// How long it was open, if it was at some time since.
        long openSince(long moment, long now) {
            var ended = end.get() == 0 ? now : end.get();
            return ended < moment ? 0 : ended - begin;
        }
    }

    /// One more follower, which notes each event in a table that takes none twice.
    @TestConfiguration
    static class Contagem {
        @Bean
        Subscribers contador(JdbcClient db) {
            return () -> List.of(new Contador(db));
        }
    }

    private record Contador(JdbcClient db) implements Subscriber {
        Contador {
            db.sql("create table contado (position bigint primary key)").update();
        }

        @Override
        public String name() {
            return "teste:contador";
        }

        @Override
        public Set<String> contexts() {
            return Set.of();
        }

        @Override
        public Collection<String> sequencesOf(RecordedEvent event) {
            return List.of(event.meta().aggregateUuid().toString());
        }

        @Override
        public void handle(List<Delivery> deliveries) {
            var positions = deliveries.stream()
                    .map(delivery -> delivery.event().meta().position())
                    .toArray(Long[]::new);
            db.sql("insert into contado select unnest(?::bigint[])")
                    .param(positions)
                    .update();
        }
    }

    @Test
    void ninguem_pula_um_evento_nem_espera_mais_que_o_escritor_mais_lento() throws Exception {
        fim = System.nanoTime() + TEMPO.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<?>>();
            for (int i = 0; i < RAPIDOS; i++) {
                var own = random.split();
                work.add(threads.submit(() -> escreve(threads, own, own.nextInt(), RAPIDO)));
            }
            for (int i = 0; i < LENTOS; i++) {
                var own = random.split();
                work.add(threads.submit(() -> escreve(threads, own, own.nextInt(), LENTO)));
            }
            work.add(threads.submit(() -> reconstroi(random.split())));
            for (var each : work) {
                each.get();
            }
            for (var each : leitores) {
                each.get();
            }
        }
        confere();
        System.out.printf(
                "seed %d: %d events, %d reads, longest wait beyond the writers %.3f s, %d rebuilds: %s%n",
                SEED, gravados.get(), leituras.get(), maiorEspera.get() / 1e9, reconstrucoes.size(), reconstrucoes);
    }

    /// Histories, each in order, a few events in a transaction.
    private Void escreve(ExecutorService threads, SplittableRandom own, int salt, double longest) {
        var historias = new Historias(new SplittableRandom(SEED + salt));
        while (System.nanoTime() < fim) {
            var pending = new ArrayDeque<DomainEventMessage<DomainEvent>>(historias.uma());
            while (!pending.isEmpty()) {
                var batch = new ArrayList<DomainEventMessage<DomainEvent>>();
                for (int n = own.nextInt(1, 6); n > 0 && !pending.isEmpty(); n--) {
                    batch.add(pending.remove());
                }
                while (!grava(batch, historias.umTicket(), own, longest)) {
                    // it was rolled back: once more
                }
                gravados.addAndGet(batch.size());
                if (own.nextInt(3) == 0) {
                    var last = batch.getLast();
                    var desde = System.nanoTime();
                    var follower = own.nextInt(followers.names().size());
                    leitores.add(threads.submit(
                            () -> le(last, List.copyOf(followers.names()).get(follower), desde)));
                }
            }
        }
        return null;
    }

    /// @param vain what is taken back by a savepoint
    /// @return whether it was committed
    private boolean grava(
            List<DomainEventMessage<DomainEvent>> batch,
            List<? extends DomainEventMessage<DomainEvent>> vain,
            SplittableRandom own,
            double longest) {
        var escritor = new Escritor(System.nanoTime(), new AtomicLong());
        escritores.add(escritor);
        var how = own.nextInt(20);
        var commits = how % 4 != 0;
        var prepared = how >= 18 && preparadas.incrementAndGet() <= 5 ? "p" + UUID.randomUUID() : "";
        try {
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                if (own.nextInt(8) == 0) {
                    var savepoint = status.createSavepoint();
                    store.publish(vain);
                    status.rollbackToSavepoint(savepoint);
                }
                store.publish(batch);
                if (own.nextInt(3) == 0 || longest > 1) {
                    passam(own.nextDouble(longest));
                }
                if (!prepared.isEmpty()) {
                    db.sql("prepare transaction '" + prepared + "'").update();
                } else if (!commits) {
                    status.setRollbackOnly();
                }
            });
            if (!prepared.isEmpty()) {
                passam(own.nextDouble(longest));
                db.sql((commits ? "commit" : "rollback") + " prepared '" + prepared + "'")
                        .update();
            }
        } finally {
            if (how >= 18) {
                preparadas.decrementAndGet();
            }
            escritor.end.set(System.nanoTime());
            tail.wake(); // as a command does after its commit
        }
        return commits;
    }

    private void passam(double seconds) {
        db.sql("select pg_sleep(?)").param(seconds).query((_, _) -> true).list();
    }

    /// Waits for what has been written, as `minPosition` does.
    private Void le(DomainEventMessage<DomainEvent> event, String follower, long desde) throws InterruptedException {
        var position = db.sql("select global_index from domain_event where event_identifier = ?")
                .param(event.getIdentifier())
                .query(Long.class)
                .single();
        assertThat(followers.awaitPosition(List.of(follower), position, SEM_FIM))
                .as("seed %d: %s at %d", SEED, follower, position)
                .isTrue();
        var now = System.nanoTime();
        if (follower.equals("projecao:auditoria@2")) {
            assertThat(db.sql("select type from auditoria_v2 where position = ?")
                            .param(position)
                            .query(String.class)
                            .list())
                    .as("seed %d: what was waited for is there", SEED)
                    .hasSize(1);
        }
        var slowest = escritores.stream()
                .mapToLong(each -> each.openSince(desde, now))
                .max()
                .orElse(0);
        var beyond = now - desde - slowest;
        maiorEspera.accumulateAndGet(beyond, Math::max);
        assertThat(Duration.ofNanos(beyond))
                .as("seed %d: %s at %d beyond the slowest writer", SEED, follower, position)
                .isLessThan(FOLGA);
        leituras.incrementAndGet();
        return null;
    }

    private Void reconstroi(SplittableRandom own) throws Exception {
        var names = definitions.stream().map(each -> each.table().name()).toList();
        while (System.nanoTime() < fim) {
            var onDifference = own.nextBoolean() ? OnDifference.SWAP : null;
            var id = dono(() -> projections.rebuild(names, onDifference).orElse(null));
            var cancel = own.nextInt(2) == 0;
            if (cancel) {
                passam(own.nextDouble(0.8));
                names.forEach(projections::cancel);
            }
            Awaitility.await()
                    .atMost(SEM_FIM)
                    .until(() -> names.stream()
                            .map(name -> projections.find(name).orElseThrow().state())
                            .noneMatch(State.RUNNING::equals));
            for (var name : names) {
                var rebuild = projections.find(name).orElseThrow();
                assertThat(rebuild.rebuildId()).isEqualTo(id);
                if (rebuild.state() != State.CANCELLED || !cancel) {
                    assertThat(rebuild.state()).as("seed %d: %s", SEED, rebuild).isEqualTo(State.DONE);
                    assertThat(requireNonNull(rebuild.differences(), rebuild.toString())
                                    .total())
                            .as("seed %d: %s", SEED, rebuild)
                            .isZero();
                }
                reconstrucoes.add(rebuild.state() + " " + rebuild.phase());
            }
            assertThat(tabelas.sobras()).as("seed %d", SEED).isEmpty();
            if (own.nextInt(2) == 0) {
                var name = names.get(own.nextInt(names.size()));
                dono(() -> {
                    try {
                        projections.goBack(name);
                        return true;
                    } catch (RebuildRunning _) {
                        return null;
                    }
                });
            }
        }
        return null;
    }

    /// Does what only one may do at a time, once the last one has let go.
    private static <T> T dono(Callable<T> work) {
        return Awaitility.await().atMost(SEM_FIM).until(work, done -> done != null);
    }

    private void confere() throws InterruptedException {
        tabelas.emDia(SEM_FIM);
        assertThat(tabelas.count("domain_event")).isEqualTo(gravados.get());
        assertThat(tabelas.count("contado")).isEqualTo(gravados.get());
        assertThat(tabelas.count("auditoria_v2")).isEqualTo(gravados.get());
        assertThat(tabelas.count("dead_letter")).isZero();
        tabelas.conferem("seed " + SEED);
        Awaitility.await("only the ear has a connection")
                .until(() -> pool.unwrap(HikariDataSource.class)
                                .getHikariPoolMXBean()
                                .getActiveConnections()
                        <= 1);
        Awaitility.await("nobody holds the lock")
                .until(() -> tabelas.count("pg_locks where locktype = 'advisory'") == 0);
    }
}
