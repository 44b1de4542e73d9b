package mutirao.platform.eventstore;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.api.AggregateId;
import mutirao.api.EventType;
import mutirao.api.Personal;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What lies in the store can be read for ever: one file per event and revision, `golden/<context>/<Event>-<revision>`,
/// holds its JSON as it was first written. `-Dgolden.write=true` writes the files that are missing and touches no
/// other.
class GoldenEventsTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");
    private static final EventTypes TYPES = new EventTypes(Context.all());
    private static final NamedEventSerializer SERIALIZER = new NamedEventSerializer(TYPES, new AxonJson());
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @BeforeAll
    static void escrever_os_que_faltam() throws IOException {
        if (!Boolean.getBoolean("golden.write")) {
            return;
        }
        for (var event : TYPES.all().values()) {
            var file = file(event);
            if (Files.notExists(file)) {
                Files.createDirectories(file.getParent());
                var written =
                        SERIALIZER.serialize(Exemplo.of(event), String.class).getData();
                Files.writeString(file, JSON.writeValueAsString(JSON.readTree(written)) + "\n");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> cada_evento_guardado_e_lido_e_escrito_igual() {
        return TYPES.all().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    var type = SERIALIZER.typeForClass(entry.getValue());
                    assertThat(type.getName()).isEqualTo(entry.getKey());
                    assertThat(type.getRevision()).isEqualTo(revision(entry.getValue()));

                    var stored = Files.readString(file(entry.getValue()));
                    Object event = SERIALIZER.deserialize(
                            new SimpleSerializedObject<>(stored, String.class, type.getName(), type.getRevision()));
                    assertThat(event).isInstanceOf(entry.getValue());
                    assertThat(JSON.readTree(
                                    SERIALIZER.serialize(event, String.class).getData()))
                            .isEqualTo(JSON.readTree(stored));
                }));
    }

    @TestFactory
    Stream<DynamicTest> cada_revisao_anterior_e_lida_como_a_de_hoje() {
        return TYPES.all().values().stream()
                .flatMap(event -> IntStream.range(1, Integer.parseInt(revision(event)))
                        .mapToObj(revision -> dynamicTest(nameOf(event) + " " + revision, () -> {
                            var read = read(event, String.valueOf(revision));
                            assertThat(read.getPayloadType()).isEqualTo(event);
                            var written = SERIALIZER.serialize(read.getPayload(), String.class);
                            assertThat(written.getType().getRevision()).isEqualTo(revision(event));
                            assertThat(JSON.readTree(written.getData()).propertyNames())
                                    .containsAll(Arrays.stream(event.getRecordComponents())
                                            .filter(component -> !component
                                                    .getAnnotatedType()
                                                    .isAnnotationPresent(Nullable.class))
                                            .map(GoldenEventsTest::stored)
                                            .toList());
                        })));
    }

    private static DomainEventMessage<?> read(Class<?> event, String revision) throws IOException {
        var stored = new GenericDomainEventEntry<>(
                "x", "x-1", 0, "1", Instant.EPOCH, nameOf(event), revision, golden(event, revision), "{}");
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                        Stream.of(stored), SERIALIZER, Upcasters.of(Context.all()))
                .next();
    }

    private static String golden(Class<?> event, String revision) throws IOException {
        return Files.readString(file(event, revision));
    }

    @TestFactory
    Stream<DynamicTest> cada_arquivo_diz_todos_os_campos_do_evento() {
        return TYPES.all().values().stream()
                .map(event -> dynamicTest(
                        nameOf(event),
                        () -> assertThat(JSON.readTree(Files.readString(file(event)))
                                        .propertyNames())
                                .containsExactlyInAnyOrderElementsOf(
                                        components(event).toList())));
    }

    @Test
    void ha_um_arquivo_por_evento_e_revisao_e_nenhum_a_mais() throws IOException {
        var expected = TYPES.all().values().stream()
                .flatMap(event -> IntStream.rangeClosed(1, Integer.parseInt(revision(event)))
                        .mapToObj(revision -> GOLDEN.relativize(file(event, String.valueOf(revision)))
                                .toString()))
                .collect(toCollection(TreeSet::new));
        try (var files = Files.walk(GOLDEN)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> GOLDEN.relativize(file).toString()))
                    .as("golden files; -Dgolden.write=true writes the missing ones")
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void o_nome_guardado_e_o_do_contexto_e_o_do_registro() {
        for (var context : Context.all()) {
            EventTypes.leaves(context.events())
                    .forEach(
                            event -> assertThat(nameOf(event)).isEqualTo(context.name() + "." + event.getSimpleName()));
        }
    }

    @Test
    void o_titular_de_um_dado_pessoal_e_um_id_do_mesmo_evento() {
        for (var event : TYPES.all().values()) {
            var ids = Arrays.stream(event.getRecordComponents())
                    .filter(component -> component.getType() == UUID.class
                            || AggregateId.class.isAssignableFrom(component.getType()))
                    .map(RecordComponent::getName)
                    .toList();
            for (var component : event.getRecordComponents()) {
                var personal = component.getAnnotation(Personal.class);
                if (personal != null) {
                    assertThat(ids)
                            .as("%s.%s", nameOf(event), component.getName())
                            .contains(personal.subject());
                }
            }
        }
    }

    private static Path file(Class<?> event) {
        return file(event, revision(event));
    }

    private static Path file(Class<?> event, String revision) {
        return GOLDEN.resolve(nameOf(event).replace('.', '/') + "-" + revision + ".json");
    }

    private static String nameOf(Class<?> event) {
        return EventTypes.nameOf(event).orElseThrow();
    }

    private static String revision(Class<?> event) {
        return event.getAnnotation(EventType.class).revision();
    }

    private static Stream<String> components(Class<?> event) {
        return Arrays.stream(event.getRecordComponents()).map(GoldenEventsTest::stored);
    }

    /// As what a component is stored.
    private static String stored(RecordComponent component) {
        try {
            var named = component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(JsonProperty.class);
            return named == null ? component.getName() : named.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
