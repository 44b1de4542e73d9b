package mutirao.messaging.internal.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mutirao.messaging.Broker;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Publishes;
import mutirao.messaging.Retry;
import mutirao.messaging.internal.MessagingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "spring.application.name=loja",
            "spring.application.version=1.2.3",
            "topico.notas=notas"
        })
class AsyncApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Estoque.class, Fiscal.class, Pedidos.class})
    static class Loja {}

    record PedidoId(UUID value) {
        @JsonValue
        String text() {
            return "pedido-" + value;
        }
    }

    enum Urgencia {
        ALTA,
        BAIXA
    }

    record Linha(@NotBlank String produto, @Positive int quantidade) {}

    record Pedido(
            @NotNull PedidoId id,
            Urgencia urgencia,
            @JsonProperty("valor_total") BigDecimal total,
            Instant criado,
            LocalDate entrega,
            Duration prazo,
            @Size(min = 1, max = 9) List<Linha> linhas,
            Map<String, Integer> pesos,
            @JsonIgnore @Nullable String segredo) {}

    record PedidoRecebido(
            @NotBlank String id,
            @NotNull @Size(min = 1) List<Linha> linhas,
            @Pattern(regexp = "[A-Z]{2}") @Nullable String uf) {}

    @mutirao.messaging.Consumer(
            group = "estoque",
            topics = {"pedidos", "devolucoes"})
    @Retry(times = 2, delay = "1s", factor = 3, ordered = false)
    static class Estoque {
        @OnEvent("pedido.criado")
        void reserve(PedidoRecebido pedido) {}

        @OnEvent("pedido.*")
        void count(JsonNode any) {}

        @OnEvent("pedido.cancelado")
        @Retry(times = 0)
        void release() {}
    }

    static class Fiscal {
        @OnEvent(
                value = {"nota.emitida", "nota.cancelada"},
                topics = "${topico.notas}",
                group = "fiscal")
        void on(Message<Map<String, Object>> nota) {}
    }

    static class Pedidos {
        @Publishes(value = "pedido.criado", topic = "pedidos", key = "id")
        public Pedido create() {
            throw new UnsupportedOperationException();
        }

        @Publishes(value = "pedido.contado", includeResult = false)
        public Pedido count() {
            throw new UnsupportedOperationException();
        }

        @Publishes(value = "pedido.listado", topic = "pedidos")
        public List<Pedido> list() {
            throw new UnsupportedOperationException();
        }

        @Publishes(value = "pedido.qualquer", topic = "pedidos")
        public Object any() {
            throw new UnsupportedOperationException();
        }
    }

    @Publishes(value = "entrega.concluida", topic = "entregas", key = "pedido")
    record Entrega(PedidoId pedido, Instant quando) {}

    @Publishes(value = "pagamento.feito", topic = "pagamentos")
    sealed interface Pagamento {
        record EmDinheiro(@Positive BigDecimal valor) implements Pagamento {}

        record PorPix(@NotBlank String chave) implements Pagamento {}
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private JsonNode document() throws Exception {
        return JSON.readTree(get("/asyncapi").body());
    }

    @Test
    void vale_pelo_esquema_oficial() throws Exception {
        assertThat(Specification.errors(document())).isEmpty();
    }

    static List<Consumer<ObjectNode>> mistakes() {
        return List.of(
                document -> document.remove("info"),
                document -> ((ObjectNode) document.at("/info")).remove("version"),
                document -> document.put("asyncapi", "2.6.0"),
                document -> document.put("topics", "pedidos"),
                document -> ((ObjectNode) document.at("/channels/pedidos")).putObject("publish"),
                document -> ((ObjectNode) document.at("/channels/pedidos/messages/pedido.criado"))
                        .putObject("payload")
                        .put("type", "pedido"),
                document -> ((ObjectNode) document.at("/operations/send-pedidos-pedido.criado")).put("action", "emit"),
                document -> ((ObjectNode) document.at("/operations/send-pedidos-pedido.criado")).remove("channel"),
                document -> ((ObjectNode) document.at("/components/messageTraits/cloudEvent/correlationId"))
                        .put("location", "header"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void e_o_esquema_recusa_o_que_nao_vale(Consumer<ObjectNode> mistake) throws Exception {
        var wrong = (ObjectNode) document();
        mistake.accept(wrong);
        assertThat(Specification.errors(wrong)).isNotEmpty();
    }

    @Test
    void toda_referencia_leva_a_algum_lugar() throws Exception {
        var document = document();
        assertThat(references(document).toList())
                .hasSizeGreaterThan(20)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        document.path("operations")
                .forEach(operation -> assertThat(operation.path("messages"))
                        .isNotEmpty()
                        .allSatisfy(message -> assertThat(message.path("$ref").asString())
                                .startsWith(operation.at("/channel/$ref").asString() + "/messages/")));
    }

    private static Stream<String> references(JsonNode node) {
        var own = Stream.of(node.path("$ref")).filter(JsonNode::isString).map(JsonNode::asString);
        return Stream.concat(own, node.valueStream().flatMap(AsyncApiTest::references));
    }

    @Test
    void diz_de_quem_e_e_os_topicos_com_as_suas_mensagens() throws Exception {
        var document = document();
        assertThat(document.at("/info/title").asString()).isEqualTo("loja");
        assertThat(document.at("/info/version").asString()).isEqualTo("1.2.3");
        assertThat(document.path("defaultContentType").asString()).isEqualTo("application/json");
        assertThat(document.has("servers")).isFalse();
        assertThat(document.path("channels").propertyNames())
                .containsExactly("devolucoes", "entregas", "loja", "notas", "pagamentos", "pedidos");
        assertThat(document.at("/channels/pedidos/address").asString()).isEqualTo("pedidos");
        assertThat(document.at("/channels/pedidos/messages").propertyNames())
                .containsExactly(
                        "pedido._any_",
                        "pedido.cancelado",
                        "pedido.criado",
                        "pedido.criado-2",
                        "pedido.listado",
                        "pedido.qualquer");
        assertThat(document.at("/channels/pedidos/messages/pedido._any_/name").asString())
                .isEqualTo("pedido.*");
        assertThat(document.path("operations").propertyNames())
                .containsExactly(
                        "receive-estoque-devolucoes-pedido._any_",
                        "receive-estoque-devolucoes-pedido.cancelado",
                        "receive-estoque-devolucoes-pedido.criado",
                        "receive-estoque-pedidos-pedido._any_",
                        "receive-estoque-pedidos-pedido.cancelado",
                        "receive-estoque-pedidos-pedido.criado",
                        "receive-fiscal-notas-nota.cancelada",
                        "send-entregas-entrega.concluida",
                        "send-loja-pedido.contado",
                        "send-pagamentos-pagamento.feito",
                        "send-pedidos-pedido.criado",
                        "send-pedidos-pedido.listado",
                        "send-pedidos-pedido.qualquer");
    }

    @Test
    void quem_recebe_diz_o_que_faz_quando_falha() throws Exception {
        assertThat(document().at("/operations/receive-estoque-pedidos-pedido.criado"))
                .isEqualTo(JSON.readTree("""
                        {"action": "receive",
                         "channel": {"$ref": "#/channels/pedidos"},
                         "messages": [{"$ref": "#/channels/pedidos/messages/pedido.criado-2"}],
                         "x-group": "estoque",
                         "x-retry": {"times": 2, "pauses": ["PT1S", "PT3S"], "ordered": false},
                         "x-dead-letter-topic": "estoque.dead",
                         "x-retry-topic": "estoque.retry"}"""));
        assertThat(document().at("/operations/receive-estoque-pedidos-pedido.cancelado/x-retry"))
                .isEqualTo(JSON.readTree("{\"times\": 0, \"pauses\": [], \"ordered\": true}"));
        assertThat(document().at("/operations/receive-fiscal-notas-nota.cancelada/messages"))
                .hasSize(2);
    }

    @Test
    void quem_publica_diz_a_chave() throws Exception {
        assertThat(document().at("/operations/send-pedidos-pedido.criado")).isEqualTo(JSON.readTree("""
                        {"action": "send",
                         "channel": {"$ref": "#/channels/pedidos"},
                         "messages": [{"$ref": "#/channels/pedidos/messages/pedido.criado"}],
                         "x-key": "id"}"""));
        assertThat(document()
                        .at("/operations/send-entregas-entrega.concluida/x-key")
                        .asString())
                .isEqualTo("pedido");
    }

    @Test
    void os_cabecalhos_de_cloudevents_estao_uma_vez_e_valem_para_todas() throws Exception {
        var document = document();
        var trait = document.at("/components/messageTraits/cloudEvent");
        assertThat(trait.at("/headers/properties").propertyNames())
                .contains("ce_id", "ce_type", "ce_source", "ce_specversion", "ce_time", "ce_subject", "traceparent");
        assertThat(trait.at("/correlationId/location").asString()).isEqualTo("$message.header#/ce_correlationid");
        assertThat(document.path("channels"))
                .allSatisfy(channel -> assertThat(channel.path("messages"))
                        .allSatisfy(message -> assertThat(
                                        message.at("/traits/0/$ref").asString())
                                .isEqualTo("#/components/messageTraits/cloudEvent")));
    }

    private static final Pedido PEDIDO = new Pedido(
            new PedidoId(UUID.randomUUID()),
            Urgencia.ALTA,
            BigDecimal.TEN,
            Instant.parse("2026-01-31T08:30:00Z"),
            LocalDate.of(2026, 2, 1),
            Duration.ofMinutes(3),
            List.of(new Linha("arroz", 2)),
            Map.of("arroz", 5),
            "não se diz");

    static List<List<Object>> written() {
        return List.of(
                List.of("/channels/pedidos/messages/pedido.criado", PEDIDO),
                List.of("/channels/pedidos/messages/pedido.listado", List.of(PEDIDO, PEDIDO)),
                List.of("/channels/pedidos/messages/pedido.qualquer", PEDIDO),
                List.of("/channels/loja/messages/pedido.contado", Map.of()),
                List.of("/channels/entregas/messages/entrega.concluida", new Entrega(PEDIDO.id(), PEDIDO.criado())),
                List.of("/channels/pagamentos/messages/pagamento.feito", new Pagamento.PorPix("x")),
                List.of("/channels/pedidos/messages/pedido.criado-2", Map.of("id", "1", "linhas", PEDIDO.linhas())));
    }

    @ParameterizedTest
    @MethodSource("written")
    void o_que_jackson_escreve_vale_pelo_que_esta_dito(List<Object> each) throws Exception {
        assertThat(Specification.errors(document(), each.get(0) + "/payload", JSON.valueToTree(each.get(1))))
                .isEmpty();
    }

    static List<List<String>> invalid() {
        return List.of(
                List.of("/channels/pedidos/messages/pedido.criado-2", "{\"id\": \"1\"}"),
                List.of("/channels/pedidos/messages/pedido.criado-2", "{\"id\": \"\", \"linhas\": [{}]}"),
                List.of("/channels/pedidos/messages/pedido.criado-2", "{\"id\": \"1\", \"linhas\": []}"),
                List.of(
                        "/channels/pedidos/messages/pedido.criado-2",
                        "{\"id\": \"1\", \"linhas\": [{\"produto\": \"a\", \"quantidade\": 0}]}"),
                List.of("/channels/pedidos/messages/pedido.criado", "{\"urgencia\": \"MEDIA\", \"id\": \"x\"}"),
                List.of("/channels/pedidos/messages/pedido.criado", "{\"id\": {\"value\": \"x\"}}"),
                List.of("/channels/pedidos/messages/pedido.criado", "{\"id\": \"x\", \"valor_total\": \"muito\"}"),
                List.of("/channels/loja/messages/pedido.contado", "{\"id\": \"x\"}"),
                List.of("/channels/pagamentos/messages/pagamento.feito", "{\"valor\": -1}"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void e_o_que_nao_se_aceita_nao_vale(List<String> each) throws Exception {
        assertThat(Specification.errors(document(), each.get(0) + "/payload", JSON.readTree(each.get(1))))
                .isNotEmpty();
    }

    @Test
    void o_que_nao_se_escreve_nao_esta_dito() throws Exception {
        assertThat(document().at("/components/schemas/Pedido/properties").propertyNames())
                .contains("valor_total")
                .doesNotContain("segredo", "total");
    }

    @Test
    void mostra_se_como_json_em_dois_lugares() throws Exception {
        var response = get("/asyncapi");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(get("/asyncapi.json").body()).isEqualTo(response.body());
    }

    @Test
    void a_mesma_aplicacao_da_o_mesmo_texto_em_qualquer_ordem() throws Exception {
        var one = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
                .withPropertyValues(
                        "spring.application.name=loja", "spring.application.version=1.2.3", "topico.notas=notas")
                .withUserConfiguration(Pedidos.class, Fiscal.class, Estoque.class, Empacotada.class);
        var served = get("/asyncapi").body();
        one.run(context ->
                assertThat(context.getBean(AsyncApiDocument.class).json()).isEqualTo(served));
    }

    @AutoConfigurationPackage
    static class Empacotada {}

    @Test
    void sem_web_ou_sem_querer_nao_se_mostra() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
                .run(context -> assertThat(context).hasBean("asyncApiRoutes"));
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
                .withPropertyValues("mutirao.messaging.asyncapi=false")
                .run(context -> assertThat(context).doesNotHaveBean("asyncApiRoutes"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
                .run(context ->
                        assertThat(context).doesNotHaveBean("asyncApiRoutes").hasSingleBean(AsyncApiDocument.class));
    }

    @Test
    void no_formato_simples_a_mensagem_diz_de_si_o_que_e() throws Exception {
        var sends = List.of(new Send("pedidos", "pedido.criado", "id", Pedido.class));
        var document = JSON.readTree(new AsyncApi("loja", "1", Broker.rabbitmq("amqp://ana:segredo@r:5672/v"), true)
                .document(sends, List.of()));
        assertThat(Specification.errors(document)).isEmpty();
        assertThat(document.at("/channels/pedidos/messages/pedido.criado/traits/0/$ref")
                        .asString())
                .endsWith("/plainEvent");
        assertThat(Specification.errors(
                        document,
                        "/channels/pedidos/messages/pedido.criado/payload",
                        JSON.valueToTree(Map.of(
                                "name", "pedido.criado",
                                "data", PEDIDO,
                                "timestamp", "2026-01-31T08:30:00Z",
                                "source", "loja",
                                "event_id", "m-1"))))
                .isEmpty();
        assertThat(document.at("/components/messageTraits/cloudEvent/headers/properties")
                        .propertyNames())
                .contains("cloudEvents_id");
    }

    @Test
    void uma_aplicacao_vazia_vale_tambem() throws Exception {
        var document = JSON.readTree(new AsyncApi("nada", "0", Broker.none(), false).document(List.of(), List.of()));
        assertThat(Specification.errors(document)).isEmpty();
    }

    @Test
    void o_lugar_do_corretor_se_diz_sem_senha() {
        assertThat(Servers.of(Broker.rabbitmq("amqps://ana:se/gr@do?@r.example:5671/loja?heartbeat=60")))
                .isEqualTo(Map.of("rabbitmq", new Servers("r.example:5671", "amqps", "/loja")));
        assertThat(Servers.of(Broker.redis("redis://:segredo@r:6379/0")))
                .isEqualTo(Map.of("redis", new Servers("r:6379", "redis", "/0")));
        assertThat(Servers.of(Broker.kafka("k1:9092, k2:9092")))
                .isEqualTo(Map.of(
                        "kafka", new Servers("k1:9092", "kafka", ""), "kafka-2", new Servers("k2:9092", "kafka", "")));
        assertThat(Servers.of(Broker.none())).isEmpty();
    }
}
