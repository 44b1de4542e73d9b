package mutirao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Under a steady load of commands and reads, everything is rebuilt three times in a row: every read is answered.
///
/// `-Dsegundos=` is how long the load runs before, once to warm up and once measured, `-Dcopias=` how many times ten
/// events there are. With `-Drazao=5`, no read may take longer than 5 times the median of before: only on a machine
/// that does nothing else.
class LeituraNaReconstrucaoTest {
    private static final Duration ANTES = Duration.ofSeconds(Long.getLong("segundos", 4));
    private static final int COPIAS = Integer.getInteger("copias", 300);
    private static final double RAZAO = Double.parseDouble(System.getProperty("razao", "0"));
    private static final Duration LONGE = Duration.ofMinutes(5);

    @TempDir
    Path dir;

    private final AtomicLong last = new AtomicLong();
    private final Collection<String> erros = new ConcurrentLinkedQueue<>();
    private volatile Collection<Leitura> leituras = new ConcurrentLinkedQueue<>();

    private record Leitura(long nanos, String path, String during) {}

    @Test
    void toda_leitura_e_respondida() throws Exception {
        try (var programa = Programa.medido(dir, "--mutirao.demo=false");
                var load = Executors.newScheduledThreadPool(8)) {
            var api = programa.api();
            for (int i = 0; i < 10; i++) {
                api.necessidade("água", 10).com(201);
            }
            programa.multiplica(COPIAS);
            emDia(api, 10L * COPIAS);
            carrega(load, api);
            await().pollDelay(ANTES).atMost(ANTES.multipliedBy(2)).until(() -> true); // warmed up
            leituras = new ConcurrentLinkedQueue<>();
            await().pollDelay(ANTES).atMost(ANTES.multipliedBy(2)).until(() -> true);
            var without = leituras;
            leituras = new ConcurrentLinkedQueue<>();
            for (int n = 0; n < 3; n++) {
                reconstroi(api);
            }
            var during = leituras;
            load.shutdown();
            load.awaitTermination(30, TimeUnit.SECONDS);
            var median = relata("without", without);
            relata("rebuilding", during);
            assertThat(erros).isEmpty();
            emDia(api, last.get());
            reconstroi(api);
            if (RAZAO > 0) {
                assertThat(during)
                        .allSatisfy(read -> assertThat((double) read.nanos).isLessThan(RAZAO * median));
            }
        }
    }

    /// Each command and read begins at its time, whether the one before has been slow or not.
    private void carrega(ScheduledExecutorService load, Api api) {
        aCada(40, load, () -> escreve(api));
        for (var path : List.of(
                "/api/necessidades?limit=20",
                "/api/necessidades?limit=20&status=ABERTA&sort=createdAt",
                "/api/auditoria?limit=20")) {
            aCada(20, load, () -> le(api, path));
        }
        aCada(40, load, () -> le(api, "/api/necessidades?limit=1&minPosition=" + last));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor
    private static void aCada(int millis, ScheduledExecutorService load, Runnable work) {
        load.scheduleAtFixedRate(work, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void escreve(Api api) {
        try {
            last.accumulateAndGet(api.necessidade("pão", 1).com(201).position(), Math::max);
        } catch (RuntimeException | AssertionError e) { // thrown, it would end the load unseen
            erros.add(e.toString());
        }
    }

    private void le(Api api, String path) {
        try {
            var began = System.nanoTime();
            api.get(path).com(200);
            leituras.add(new Leitura(System.nanoTime() - began, path, phase));
        } catch (RuntimeException | AssertionError e) { // thrown, it would end the load unseen
            erros.add(e.toString());
        }
    }

    private volatile String phase = "";

    private void reconstroi(Api api) {
        await().atMost(LONGE)
                .until(() -> api.post("/api/projecoes/reconstrucao", null).status() == 202);
        for (var projection : api.get("/api/projecoes").json().get("items")) {
            var name = projection.get("name").asString();
            var rebuild = await().atMost(LONGE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                var seen = api.get("/api/projecoes/" + name + "/reconstrucao")
                                        .json();
                                phase = name + " " + seen.get("phase").asString();
                                return seen;
                            },
                            seen -> !seen.get("state").asString().equals("RUNNING"));
            assertThat(rebuild.get("state").asString()).as(rebuild.toString()).isEqualTo("DONE");
            assertThat(rebuild.get("differences").get("total").asLong())
                    .as(rebuild.toString())
                    .isZero();
        }
    }

    /// @return the median
    private static long relata(String when, Collection<Leitura> reads) {
        var sorted = new ArrayList<>(reads);
        sorted.sort(Comparator.comparingLong(Leitura::nanos));
        var n = sorted.size();
        System.out.printf(
                "%s: %d reads, median %.1f ms, p99 %.1f, p99.9 %.1f, max %.1f; slowest %s%n",
                when,
                n,
                sorted.get(n / 2).nanos / 1e6,
                sorted.get(n * 99 / 100).nanos / 1e6,
                sorted.get(n * 999 / 1000).nanos / 1e6,
                sorted.getLast().nanos / 1e6,
                sorted.reversed().subList(0, Math.min(12, n)));
        return sorted.get(n / 2).nanos;
    }

    /// Waits until all have read everything, and that is as much as was written beside the program.
    private static void emDia(Api api, long atLeast) {
        await().atMost(LONGE).until(() -> {
            for (var projection : api.get("/api/projecoes").json().get("items")) {
                if (projection.get("lagEvents").asLong() > 0
                        || projection.get("position").asLong() < atLeast) {
                    return false;
                }
            }
            return true;
        });
    }
}
