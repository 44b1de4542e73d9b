package mutirao.messaging.exemplo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.MessagingHarness;
import mutirao.messaging.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/// As an application tests its consumer: no broker, no database.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties =
                "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class EstoqueTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Path CONSUMER = Path.of("src/test/java/mutirao/messaging/exemplo/Estoque.java");

    @Autowired
    private MessagingHarness harness;

    @Autowired
    private Producer producer;

    @Autowired
    private DeadLetters deadLetters;

    @Autowired
    private Prateleira prateleira;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Estoque.class, Prateleira.class, MessagingHarness.class})
    static class Loja {}

    @BeforeEach
    void clear() {
        harness.clear();
    }

    @Test
    void reserva() throws Exception {
        assertThat(harness.deliver("estoque", "pedidos", "pedido.criado", new Pedido("arroz", 4)))
                .isTrue();
        assertThat(prateleira.there).containsEntry("arroz", 6);
    }

    @Test
    void a_mesma_mensagem_reserva_uma_vez() throws Exception {
        var message = producer.message("pedidos", "pedido.criado", "p-1", new Pedido("arroz", 4));
        assertThat(harness.deliver("estoque", message)).isTrue();
        assertThat(harness.deliver("estoque", message)).isFalse();
        assertThat(prateleira.there).containsEntry("arroz", 6);
    }

    @Test
    void um_pedido_invalido_diz_o_que_lhe_falta() {
        assertThatThrownBy(() -> harness.deliver("estoque", "pedidos", "pedido.criado", Map.of("quantidade", 0)))
                .hasMessageContaining("produto")
                .hasMessageContaining("quantidade");
        assertThat(prateleira.tries).isEmpty();
    }

    @Test
    void tenta_de_novo_ate_conseguir() {
        prateleira.sticks.set(2);
        producer.publish("pedidos", "pedido.criado", "p-1", new Pedido("arroz", 1));
        await().atMost(LONG).untilAsserted(() -> assertThat(prateleira.there).containsEntry("arroz", 9));
        assertThat(prateleira.tries).hasSize(3);
        assertThat(harness.published("estoque.dead")).isEmpty();
    }

    @Test
    void depois_de_tres_vezes_vai_as_mortas_e_de_la_se_tenta_de_novo() {
        prateleira.sticks.set(4);
        producer.publish("pedidos", "pedido.criado", "p-1", new Pedido("arroz", 1));
        await().atMost(LONG).until(() -> deadLetters.count("estoque") == 1);
        assertThat(prateleira.tries).hasSize(4);
        assertThat(harness.published("estoque.dead")).hasSize(1);

        var letter = deadLetters.list("estoque", null, null, 10).getFirst();
        assertThat(letter.cause()).contains("emperrada");
        assertThat(deadLetters.retry(letter.id())).isTrue();
        await().atMost(LONG).untilAsserted(() -> assertThat(prateleira.there).containsEntry("arroz", 9));
        assertThat(deadLetters.count("estoque")).isZero();
    }

    @Test
    void o_que_nenhuma_tentativa_cura_vai_logo_as_mortas() {
        producer.publish("pedidos", "pedido.criado", "p-1", new Pedido("feijão", 1));
        await().atMost(LONG).until(() -> deadLetters.count("estoque") == 1);
        assertThat(prateleira.tries).hasSize(1);
    }

    /// The whole file, package and imports counted in.
    @Test
    void um_consumidor_com_tentativas_e_mortas_tem_menos_de_quinze_linhas() throws Exception {
        var lines = Files.readAllLines(CONSUMER);
        assertThat(lines).hasSizeLessThan(15).anyMatch(line -> line.contains("@Retry"));
    }
}
