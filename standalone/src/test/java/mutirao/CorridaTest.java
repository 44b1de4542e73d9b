package mutirao;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Aplicacao
class CorridaTest {
    private static final int CORREDORES = 64;

    @Autowired
    Api api;

    @Test
    void das_ultimas_dez_unidades_cada_uma_vai_a_um_so() throws Exception {
        var oferta = api.oferta("Água", 10).com(201);
        var path = "/api/ofertas/" + oferta.id();
        var largada = new CyclicBarrier(CORREDORES);
        Callable<String> corredor = () -> {
            var body = "{\"volunteerId\": \"%s\", \"items\": [{\"item\": \"água\", \"quantity\": 1}]}"
                    .formatted(UUID.randomUUID());
            largada.await();
            var answer = api.post(path + "/reservas", body);
            return answer.status() + " " + answer.code();
        };

        var answers = new ArrayList<String>();
        try (var pistas = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : pistas.invokeAll(java.util.Collections.nCopies(CORREDORES, corredor))) {
                answers.add(answer.get());
            }
        }

        assertThat(answers.stream().collect(groupingBy(answer -> answer, counting())))
                .isEqualTo(Map.of("201 ", 10L, "409 QUANTIDADE_INDISPONIVEL", 54L));
        var line = api.ate(path, visto -> visto.get("version").asLong() == 10)
                .get("items")
                .get(0);
        assertThat(line.get("available").asLong()).isZero();
        assertThat(line.get("reserved").asLong()).isEqualTo(10);
    }
}
