package mutirao.platform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import mutirao.platform.identity.ActorMetadata;
import mutirao.platform.test.Elenco;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.Test;

/// Who waits for whom.
class CatracaTest {
    private static final Duration MUITO = Duration.ofMinutes(2);
    private static final UUID ANA = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final UUID BIA = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UUID CIDA = UUID.fromString("00000000-0000-4000-8000-00000000000c");

    private final Turnstile catraca = new Turnstile(1);
    private final List<String> passaram = new CopyOnWriteArrayList<>();
    private final List<Thread> todos = new ArrayList<>();

    /// Returns when it waits.
    private void espera(UUID quem, String nome) {
        var thread = Thread.ofVirtual().start(() -> {
            if (catraca.enter(quem, MUITO)) {
                passaram.add(nome);
                catraca.leave();
            }
        });
        todos.add(thread);
        todosEsperam();
    }

    private void todosEsperam() {
        await().atMost(MUITO)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> todos.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    }

    private void todosPassam() {
        await().atMost(MUITO).until(() -> todos.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void quem_pede_muito_espera_por_si_e_os_outros_nao() {
        assertThat(catraca.enter(ANA, MUITO)).isTrue();
        for (int i = 1; i <= 50; i++) {
            espera(ANA, "ana " + i);
        }
        espera(BIA, "bia 1");
        espera(CIDA, "cida 1");
        espera(BIA, "bia 2");
        catraca.leave();
        todosPassam();

        assertThat(passaram)
                .hasSize(53)
                .startsWith("ana 1", "bia 1", "cida 1", "ana 2", "bia 2", "ana 3", "ana 4")
                .endsWith("ana 49", "ana 50");
    }

    @Test
    void quem_desiste_nao_tira_a_vez_de_ninguem() {
        assertThat(catraca.enter(ANA, MUITO)).isTrue();
        assertThat(catraca.enter(BIA, Duration.ZERO)).isFalse();
        espera(BIA, "bia");
        todos.getFirst().interrupt();
        todosPassam();
        assertThat(passaram).isEmpty();
        catraca.leave();

        assertThat(catraca.enter(CIDA, Duration.ZERO)).isTrue();
        assertThat(catraca.enter(ANA, Duration.ZERO)).isFalse();
    }

    @Test
    void de_cada_um_esperam_so_tantos() {
        assertThat(catraca.enter(ANA, MUITO)).isTrue();
        for (int i = 0; i < Turnstile.MOST; i++) {
            todos.add(Thread.ofVirtual().start(() -> {
                if (catraca.enter(ANA, MUITO)) {
                    catraca.leave();
                }
            }));
        }
        todosEsperam();

        assertThat(catraca.enter(ANA, MUITO)).as("sem esperar").isFalse();
        espera(BIA, "bia");
        catraca.leave();
        todosPassam();
        assertThat(passaram).containsExactly("bia");
    }

    @Test
    void nunca_passam_mais_do_que_cabem() {
        var larga = new Turnstile(3);
        var dentro = new AtomicInteger();
        var mais = new AtomicInteger();
        var desistiram = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            var quem = new UUID(0, i % 7);
            todos.add(Thread.ofVirtual().start(() -> {
                while (!larga.enter(quem, Duration.ofMillis(1))) {
                    desistiram.incrementAndGet();
                }
                mais.accumulateAndGet(dentro.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1000);
                dentro.decrementAndGet();
                larga.leave();
            }));
        }
        todosPassam();

        assertThat(mais.get()).as("%s gave up in between", desistiram).isBetween(1, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(larga.enter(ANA, Duration.ZERO)).isTrue();
        }
        assertThat(larga.enter(ANA, Duration.ZERO)).isFalse();
    }

    @Test
    void quem_espera_pelo_mesmo_agregado_nao_ocupa_uma_conexao() {
        var portao = new CommandGate(2);
        var mesma = Coisa.nova();
        assertThat(catraca.enter(ANA, MUITO)).isTrue();
        manda(portao, ANA, mesma, () -> passaram.add("ana " + catraca.enter(ANA, MUITO)));
        todosEsperam();
        manda(portao, BIA, mesma, () -> passaram.add("bia"));
        todosEsperam();

        manda(portao, CIDA, Coisa.nova(), () -> passaram.add("cida"));
        await().atMost(MUITO).until(() -> passaram.contains("cida"));
        catraca.leave();
        todosPassam();
        assertThat(passaram).containsExactly("cida", "ana true", "bia");
    }

    private void manda(CommandGate portao, UUID quem, Coisa coisa, Runnable trata) {
        var message = new GenericCommandMessage<>(
                coisa, ActorMetadata.of(Elenco.pessoa(quem).actor()));
        todos.add(Thread.ofVirtual().start(() -> portao.pass(message, trata)));
    }
}
