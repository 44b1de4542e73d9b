package mutirao.messaging.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import mutirao.messaging.contract.KafkaServer;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Wire;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What others write and read on the same topics.
class KafkaWireTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String address = KafkaServer.shared().broker().address();
    private final String topic = "topico." + UUID.randomUUID();
    private final KafkaTransport transport = new KafkaTransport(address, "teste", Map.of(), Duration.ofSeconds(30));

    @AfterEach
    void close() {
        transport.close();
    }

    private <V> void write(Serializer<V> serializer, V value) throws Exception {
        var config = Map.<String, Object>of("bootstrap.servers", address);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(topic, "chave", value)).get();
        }
    }

    private ConsumerRecord<String, CloudEvent> readOne() {
        var config = Map.<String, Object>of(
                "bootstrap.servers", address, "group.id", "vizinho", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new CloudEventDeserializer())) {
            consumer.subscribe(List.of(topic));
            return await().atMost(LONG)
                    .until(
                            () -> {
                                var records =
                                        consumer.poll(Duration.ofMillis(500)).iterator();
                                return records.hasNext() ? records.next() : null;
                            },
                            Objects::nonNull);
        }
    }

    private Wire receiveOne() {
        var inbox = new Inbox(_ -> true);
        var subscription = transport.subscribe("grupo", Set.of(topic), 10, inbox);
        try {
            await().atMost(LONG).until(() -> !inbox.all.isEmpty());
        } finally {
            subscription.close();
        }
        return inbox.all.peek().message();
    }

    @Test
    void vizinhos_leem_cloudevents() {
        var time = OffsetDateTime.parse("2026-03-01T12:00:00.123456Z");
        transport
                .send(new Wire(
                        topic,
                        "chave-ç",
                        Map.of(
                                "specversion",
                                "1.0",
                                "id",
                                "a-1",
                                "type",
                                "necessidade.criada",
                                "source",
                                "/mutirao",
                                "subject",
                                "chave-ç",
                                "time",
                                time.toString(),
                                "correlationid",
                                "c-1"),
                        Map.of("content-type", "application/json", "traceparent", "00-aa-bb-01"),
                        "{\"água\":1}".getBytes(UTF_8)))
                .join();
        var read = readOne();
        assertThat(read.key()).isEqualTo("chave-ç");
        assertThat(read.headers().lastHeader("traceparent").value()).isEqualTo("00-aa-bb-01".getBytes(UTF_8));
        var event = read.value();
        assertThat(event.getId()).isEqualTo("a-1");
        assertThat(event.getType()).isEqualTo("necessidade.criada");
        assertThat(event.getSource()).hasToString("/mutirao");
        assertThat(event.getSubject()).isEqualTo("chave-ç");
        assertThat(event.getTime()).isEqualTo(time);
        assertThat(event.getExtension("correlationid")).isEqualTo("c-1");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getData().toBytes()).isEqualTo("{\"água\":1}".getBytes(UTF_8));
    }

    @Test
    void cloudevents_dos_vizinhos_sao_lidos() throws Exception {
        transport.send(new Wire(topic, null, Map.of(), Map.of(), new byte[0])).join();
        receiveOne();
        var event = CloudEventBuilder.v1()
                .withId("b-1")
                .withType("coisa.feita")
                .withSource(URI.create("/vizinho"))
                .withExtension("correlationid", "c-2")
                .withData("application/json", "{}".getBytes(UTF_8))
                .build();
        write(new CloudEventSerializer(), event);
        var wire = receiveOne();
        assertThat(wire.key()).isEqualTo("chave");
        assertThat(wire.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        "b-1",
                        "type",
                        "coisa.feita",
                        "source",
                        "/vizinho",
                        "correlationid",
                        "c-2"));
        assertThat(wire.headers()).containsExactlyEntriesOf(Map.of("content-type", "application/json"));
        assertThat(wire.body()).isEqualTo("{}".getBytes(UTF_8));
    }

    @Test
    void json_sem_cabecalhos_chega_sem_atributos_e_um_topico_que_existe_fica_como_e() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
            write(new ByteArraySerializer(), "{\"name\":\"x\"}".getBytes(UTF_8));
            var wire = receiveOne();
            assertThat(wire.attributes()).isEmpty();
            assertThat(wire.headers()).isEmpty();
            assertThat(wire.body()).isEqualTo("{\"name\":\"x\"}".getBytes(UTF_8));
            transport.send(wire).join();
            assertThat(partitions(admin)).isEqualTo(3);
        }
    }

    @Test
    void um_topico_que_falta_e_feito() throws Exception {
        transport.send(new Wire(topic, null, Map.of(), Map.of(), new byte[0])).join();
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            assertThat(partitions(admin)).isEqualTo(Partitions.COUNT);
        }
        assertThat(receiveOne().key()).isNull();
        assertThat(transport.lag("ninguem", topic)).isEqualTo(1);
        assertThat(transport.lag("ninguem", topic + "-outro")).isZero();
    }

    private int partitions(Admin admin) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }
}
