package mutirao;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static mutirao.platform.identity.Role.VOLUNTARIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mutirao.Api.Resposta;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// One volunteer with 300 connections on one offer, and everybody else.
@Aplicacao
class UmContraTodosTest {
    private static final int CONEXOES = 300;
    private static final int OUTROS = 4;
    private static final int VEZES = 10;

    @Autowired
    Api api;

    @Test
    void quem_insiste_numa_oferta_nao_impede_ninguem_de_ler_nem_de_escrever() throws Exception {
        var disputada = api.oferta("Água", 1_000_000).com(201).id();
        var deOutros = api.oferta("Água", 1_000_000).com(201).id();
        var fim = new AtomicBoolean();
        var aguardam = new AtomicInteger();
        var dele = new ConcurrentLinkedQueue<Integer>();
        var dosOutros = new ConcurrentLinkedQueue<String>();
        var um = api.como(VOLUNTARIO);

        try (var todos = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONEXOES; i++) {
                todos.execute(() -> {
                    while (!fim.get()) {
                        aguardam.incrementAndGet();
                        dele.add(reserva(um, disputada).status());
                        aguardam.decrementAndGet();
                    }
                });
            }
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> aguardam.get() > CONEXOES * 3 / 4);
                try (var outros = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int i = 0; i < OUTROS; i++) {
                        var outro = api.como(UUID.randomUUID());
                        outros.execute(() -> vive(outro, disputada, deOutros, dosOutros));
                    }
                }
            } finally {
                fim.set(true);
            }
        }

        assertThat(dosOutros).hasSize(OUTROS * VEZES * 7).allMatch(said -> said.startsWith("2"));
        assertThat(dele.stream().collect(groupingBy(status -> status, counting())))
                .as("o que ele ouviu")
                .containsKey(201);
    }

    private static void vive(Api quem, UUID disputada, UUID deOutros, ConcurrentLinkedQueue<String> respostas) {
        List<Supplier<Resposta>> vida = List.of(
                () -> quem.get("/api/ofertas?limit=5"),
                () -> quem.get("/api/necessidades?limit=5"),
                () -> quem.get("/api/ofertas/" + deOutros),
                () -> quem.get("/actuator/health/readiness"),
                () -> quem.necessidade("Arroz", 5),
                () -> reserva(quem, deOutros),
                () -> reserva(quem, disputada));
        for (int i = 0; i < VEZES; i++) {
            vida.forEach(cada -> {
                var answer = cada.get();
                respostas.add(answer.status() + " " + answer.http().uri() + " "
                        + answer.http().body());
            });
        }
    }

    private static Resposta reserva(Api quem, UUID oferta) {
        return quem.post(
                "/api/ofertas/" + oferta + "/reservas",
                "{\"volunteerId\": \"%s\", \"items\": [{\"item\": \"água\", \"quantity\": 1}]}"
                        .formatted(quem.quem().id()));
    }
}
