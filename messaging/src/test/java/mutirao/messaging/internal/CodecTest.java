package mutirao.messaging.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import mutirao.messaging.Message;
import mutirao.messaging.internal.Settings.Format;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CodecTest {
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    private static final Instant THEN = Instant.parse("2026-01-31T08:30:00.123456Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Codec codec = codec(Format.CLOUDEVENTS);

    record Pedido(int id, String nome) {}

    private static Codec codec(Format format) {
        return new Codec(format, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Message<Pedido> message() {
        return new Message<>(
                "pedidos",
                "m-1",
                "pedido.criado",
                "p-1",
                new Pedido(1, "água"),
                THEN,
                "vendas",
                "causa-1",
                Map.of("tenant", "norte"));
    }

    private static Wire body(String type, String body) {
        return new Wire("pedidos", null, Map.of(), Map.of("content-type", type), body.getBytes(UTF_8));
    }

    private Message<JsonNode> read(String type, String body) {
        return codec.read(body(type, body), "pedidos-0-7");
    }

    private Message<JsonNode> read(String json) {
        return read("application/json", json);
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    @Nested
    class CloudEventsEmModoBinario {
        @Test
        void escreve_os_atributos_ao_lado_e_o_corpo_so_com_os_dados() {
            var wire = codec.write(message());
            assertThat(wire.topic()).isEqualTo("pedidos");
            assertThat(wire.key()).isEqualTo("p-1");
            assertThat(wire.attributes())
                    .isEqualTo(Map.of(
                            "specversion", "1.0",
                            "id", "m-1",
                            "source", "vendas",
                            "type", "pedido.criado",
                            "time", "2026-01-31T08:30:00.123456Z",
                            "subject", "p-1",
                            "correlationid", "causa-1",
                            "tenant", "norte"));
            assertThat(wire.headers()).isEqualTo(Map.of("content-type", "application/json"));
            assertThat(new String(wire.body(), UTF_8)).isEqualTo("{\"id\":1,\"nome\":\"água\"}");
        }

        @Test
        void le_de_volta_o_que_escreveu() {
            assertThat(codec.read(codec.write(message()), "lugar"))
                    .isEqualTo(message().withData(json("{\"id\":1,\"nome\":\"água\"}")));
        }

        @Test
        void sem_chave_nem_correlacao_nao_ha_esses_atributos() {
            var bare = new Message<>("t", "m", "a.b", null, 1, THEN, "s", null, Map.of());
            assertThat(codec.write(bare).attributes()).doesNotContainKeys("subject", "correlationid");
            assertThat(codec.read(codec.write(bare), "lugar")).isEqualTo(bare.withData(json("1")));
        }

        @Test
        void o_que_nao_se_escreve_em_json_e_recusado_com_nome_e_id() {
            var unwritable = message().withData(new Object() {
                @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // Jackson sees it
                public String getNome() {
                    throw new IllegalStateException("não");
                }
            });
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.write(unwritable))
                    .withMessageContaining("pedido.criado m-1");
        }

        @Test
        void sem_corpo_os_dados_sao_vazios() {
            var wire = new Wire("pedidos", null, Map.of("id", "m", "type", "a.b"), Map.of(), new byte[0]);
            assertThat(codec.read(wire, "lugar").data()).isEqualTo(json("{}"));
        }
    }

    @Nested
    class CloudEventsEmModoEstruturado {
        @Test
        void le_atributos_extensoes_e_dados_do_corpo() {
            var read = read("application/cloudevents+json; charset=utf-8", """
                    {"specversion":"1.0","id":"m-2","source":"/vendas","type":"pedido.criado","subject":"p-2",
                     "time":"2026-01-31T05:30:00-03:00","correlationid":"c","tenant":"sul","data":{"id":2}}""");
            assertThat(read)
                    .isEqualTo(new Message<>(
                            "pedidos",
                            "m-2",
                            "pedido.criado",
                            "p-2",
                            json("{\"id\":2}"),
                            Instant.parse("2026-01-31T08:30:00Z"),
                            "/vendas",
                            "c",
                            Map.of("tenant", "sul")));
        }

        @Test
        void conhece_se_tambem_sem_o_seu_content_type() {
            assertThat(read("{\"specversion\":\"1.0\",\"id\":\"m\",\"type\":\"a.b\",\"data\":3}")
                            .data())
                    .isEqualTo(json("3"));
        }

        @Test
        void le_dados_em_base_64() {
            var read = read("application/cloudevents+json", """
                    {"specversion":"1.0","id":"m","source":"s","type":"a.b","data_base64":"eyJpZCI6N30="}""");
            assertThat(read.data()).isEqualTo(json("{\"id\":7}"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"specversion\":\"1.0\",\"id\":\"m\",\"data\":{}}",
                    "{\"specversion\":\"1.0\",\"id\":\"m\",\"type\":\"a.b\",\"data_base64\":\"%%%\"}",
                    "{\"specversion\":\"1.0\",\"id\":\"m\",\"type\":\"a.b\",\"data_base64\":\"bmFkYQ==\"}"
                })
        void sem_tipo_ou_com_dados_que_nao_se_leem_e_ilegivel(String body) {
            assertThatThrownBy(() -> read("application/cloudevents+json", body)).isInstanceOf(Codec.Unreadable.class);
        }
    }

    @Nested
    class VizinhosMaisVelhos {
        @Test
        void le_name_data_timestamp_source() {
            var read = read("""
                    {"name":"user.created","data":{"id":1,"email":"user@example.com"},
                     "timestamp":"2026-01-31T08:30:00Z","source":"my-service"}""");
            assertThat(read)
                    .isEqualTo(new Message<>(
                            "pedidos",
                            "pedidos-0-7",
                            "user.created",
                            null,
                            json("{\"id\":1,\"email\":\"user@example.com\"}"),
                            Instant.parse("2026-01-31T08:30:00Z"),
                            "my-service",
                            null,
                            Map.of()));
        }

        @Test
        void le_event_name_payload_event_id() {
            var read = read("""
                    {"event_id":"e-9","event_name":"inventory.stock.reserved","payload":{"order_id":"test-123"}}""");
            assertThat(read.id()).isEqualTo("e-9");
            assertThat(read.name()).isEqualTo("inventory.stock.reserved");
            assertThat(read.data()).isEqualTo(json("{\"order_id\":\"test-123\"}"));
        }

        @Test
        void json_de_outra_forma_sao_os_dados_e_o_topico_e_o_nome() {
            var read = read("{\"order_id\":1,\"total\":2.5}");
            assertThat(read.name()).isEqualTo("pedidos");
            assertThat(read.data()).isEqualTo(json("{\"order_id\":1,\"total\":2.5}"));
            assertThat(read("[1,2]").data()).isEqualTo(json("[1,2]"));
        }

        @Test
        void o_id_de_quem_nao_traz_e_o_do_corretor_ou_o_seu_lugar() {
            var withId = new Wire("pedidos", null, Map.of(), Map.of("message-id", "amqp-1"), "{}".getBytes(UTF_8));
            assertThat(codec.read(withId, "pedidos-0-7").id()).isEqualTo("amqp-1");
            assertThat(read("{}").id()).isEqualTo("pedidos-0-7");
        }

        @Test
        void texto_e_texto_tambem_quando_parece_json() {
            assertThat(read("text/plain; charset=utf-8", "{ olá").data().asString())
                    .isEqualTo("{ olá");
            assertThat(read("text/plain", "1").data().isString()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "2026-01-31T05:30:00.123456789-03:00, 2026-01-31T08:30:00.123456789Z",
            "2026-01-31T08:30:00+00:00, 2026-01-31T08:30:00Z",
            "2026-01-31t08:30:00.5z, 2026-01-31T08:30:00.500Z"
        })
        void um_horario_da_rfc_3339_e_o_seu(String written, Instant time) {
            assertThat(timed(written)).isEqualTo(time);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"ontem", "", "2026-01-31T08:30Z", "2026-01-31T08:30:00", "2026-02-30T08:30:00Z", "1769848200"
                })
        void um_horario_que_nao_se_le_e_agora(String written) {
            assertThat(timed(written)).isEqualTo(NOW);
        }

        private Instant timed(String written) {
            return read("{\"name\":\"a.b\",\"data\":{},\"timestamp\":\"%s\"}".formatted(written))
                    .time();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "não", "{\"a\":1} e mais", "{\"a\":NaN}"})
    void o_que_nao_e_json_e_ilegivel(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(Codec.Unreadable.class)
                .hasMessageStartingWith("its body is not JSON");
        var event = new Wire("t", null, Map.of("id", "m", "type", "a.b"), Map.of(), body.getBytes(UTF_8));
        assertThatThrownBy(() -> codec.read(event, "lugar")).isInstanceOf(Codec.Unreadable.class);
    }

    @Test
    void bytes_que_nao_sao_utf_8_sao_ilegiveis() {
        var wire = new Wire("t", null, Map.of(), Map.of(), new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'});
        assertThatThrownBy(() -> codec.read(wire, "lugar")).isInstanceOf(Codec.Unreadable.class);
    }

    @Nested
    class FormatoSimples {
        private final Wire wire = codec(Format.PLAIN).write(message());

        @Test
        void um_vizinho_le_nome_dados_horario_e_origem() {
            assertThat(wire.attributes()).isEmpty();
            var body = json(new String(wire.body(), UTF_8));
            assertThat(body.path("name").asString()).isEqualTo("pedido.criado");
            assertThat(body.path("data")).isEqualTo(json("{\"id\":1,\"nome\":\"água\"}"));
            assertThat(body.path("timestamp").asString()).isEqualTo("2026-01-31T08:30:00.123456Z");
            assertThat(body.path("source").asString()).isEqualTo("vendas");
        }

        @Test
        void e_nos_o_lemos_inteiro_salvo_as_extensoes() {
            var read = codec.read(wire, "lugar");
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("extensions", "data")
                    .isEqualTo(message());
            assertThat(read.data()).isEqualTo(json("{\"id\":1,\"nome\":\"água\"}"));
        }
    }
}
