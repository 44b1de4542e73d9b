package mutirao.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import mutirao.examples.estoque.EstoqueApplication;
import mutirao.examples.pedidos.PedidosApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Both applications, each with a web server of its own, over one broker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conversa {
    private static final Duration LONG = Duration.ofMinutes(3);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext pedidos;
    private ConfigurableApplicationContext estoque;

    /// Tells an application which broker to use.
    abstract void connect(ConfigurableApplicationContext application);

    @BeforeAll
    void comecar() {
        pedidos = start(PedidosApplication.application());
        estoque = start(EstoqueApplication.application());
    }

    private ConfigurableApplicationContext start(SpringApplicationBuilder application) {
        return application.initializers(this::connect).run("--server.port=0");
    }

    @AfterAll
    void terminar() {
        http.close();
        estoque.close();
        pedidos.close();
    }

    private HttpResponse<String> send(ConfigurableApplicationContext to, String method, String path, String body)
            throws Exception {
        var uri = URI.create("http://localhost:" + to.getEnvironment().getProperty("local.server.port") + path);
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private JsonNode get(ConfigurableApplicationContext from, String path) throws Exception {
        var response = send(from, "GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    private String order(String product, int quantity) throws Exception {
        var response = send(
                pedidos, "POST", "/pedidos", "{\"product\": \"%s\", \"quantity\": %d}".formatted(product, quantity));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json.readTree(response.body()).get("id").asString();
    }

    private void awaitState(String order, String state) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                get(pedidos, "/pedidos/" + order).get("state").asString())
                        .isEqualTo(state));
    }

    @Test
    void um_pedido_que_o_estoque_tem_e_reservado() throws Exception {
        var before = get(estoque, "/estoque").get("cobertor").asInt();
        awaitState(order("cobertor", 3), "RESERVED");
        assertThat(get(estoque, "/estoque").get("cobertor").asInt()).isEqualTo(before - 3);
    }

    @Test
    void um_pedido_maior_que_o_estoque_e_recusado() throws Exception {
        awaitState(order("agua", 100_000), "REFUSED");
    }

    @Test
    void um_produto_desconhecido_morre_e_revive_quando_chega() throws Exception {
        var order = order("barraca", 2);
        await().atMost(LONG).until(() -> !get(estoque, "/mortas").isEmpty());
        var letter = get(estoque, "/mortas").get(0);
        assertThat(letter.get("attempts").asInt()).isEqualTo(3);
        assertThat(letter.get("cause").asString()).contains("nobody ever brought any barraca");
        assertThat(send(estoque, "POST", "/estoque/barraca?quantity=5", "").statusCode())
                .isEqualTo(204);
        assertThat(send(estoque, "POST", "/mortas/" + letter.get("id").asString() + "/retry", "")
                        .statusCode())
                .isEqualTo(202);
        awaitState(order, "RESERVED");
        assertThat(get(estoque, "/mortas")).isEmpty();
    }

    @Test
    void um_pedido_sem_quantidade_nem_chega_a_ser_um() throws Exception {
        var response = send(pedidos, "POST", "/pedidos", "{\"product\": \"agua\", \"quantity\": 0}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json.readTree(response.body()).get("detail").asString()).isEqualTo("quantity must be at least 1");
    }
}
