package mutirao.integracao.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.api.Local;
import mutirao.api.Personal;
import mutirao.integracao.api.EventoPublico;
import mutirao.integracao.api.Traducao;
import mutirao.messaging.Publishes;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.EventTypes;
import mutirao.platform.eventstore.Exemplo;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.filter.AssignableTypeFilter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What other systems are told is a contract: one file per event and version, `publicos/<name>-<version>.json`,
/// which is written once (`-Dgolden.write=true`) and never changed.
class TraducoesTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "publicos");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Traducoes TODAS = todas();

    /// The product's, as the program finds them.
    static Traducoes todas() {
        try (var context = new GenericApplicationContext()) {
            var scanner = new ClassPathBeanDefinitionScanner(context, false);
            scanner.addIncludeFilter(new AssignableTypeFilter(Traducao.class));
            scanner.scan("mutirao");
            context.registerBean(Traducoes.class);
            context.refresh();
            return context.getBean(Traducoes.class);
        }
    }

    private static Stream<DomainEvent> examples() {
        return Context.all().stream()
                .flatMap(context -> EventTypes.leaves(context.events()))
                .map(type -> Exemplo.of(type.asSubclass(DomainEvent.class)));
    }

    private static Stream<EventoPublico> told() {
        return examples().flatMap(event -> TODAS.of(event).stream());
    }

    private static String name(EventoPublico event) {
        return event.getClass().getAnnotation(Publishes.class).value();
    }

    @TestFactory
    Stream<DynamicTest> cada_evento_publico_e_como_foi_prometido() {
        return told().map(event -> dynamicTest(name(event), () -> {
            var file = GOLDEN.resolve(name(event) + "-" + event.version() + ".json");
            if (Boolean.getBoolean("golden.write") && Files.notExists(file)) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, JSON.writeValueAsString(event) + "\n");
            }
            assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(JSON.readTree(Files.readString(file)));
        }));
    }

    @Test
    void ha_um_arquivo_por_evento_e_versao_e_nenhum_a_mais() throws IOException {
        var expected = told().map(event -> name(event) + "-" + event.version() + ".json")
                .collect(Collectors.toCollection(TreeSet::new));
        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void cada_contrato_e_contado_de_algum_evento_e_so_de_um() {
        var contracts = new ClassPathScanningCandidateComponentProvider(false);
        contracts.addIncludeFilter(new AssignableTypeFilter(EventoPublico.class));
        assertThat(told().map(event -> event.getClass().getName()))
                .hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(contracts.findCandidateComponents("mutirao").stream()
                        .map(BeanDefinition::getBeanClassName)
                        .toList());
    }

    @Test
    void um_contexto_que_nao_diz_o_que_conta_nao_comeca() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Traducoes(List.of()))
                .withMessageContaining("[entrega, necessidade, oferta, ticket]")
                .withMessageContaining("@Interno");
    }

    @TestFactory
    Stream<DynamicTest> nada_pessoal_se_conta() {
        return examples()
                .filter(event -> TODAS.of(event).isPresent())
                .map(event -> dynamicTest(event.getClass().getSimpleName(), () -> {
                    var json = JSON.writeValueAsString(TODAS.of(event).orElseThrow());
                    assertThat(json).doesNotContain(personal(event));
                }));
    }

    /// The texts and numbers of the fields that are marked.
    private static String[] personal(DomainEvent event) {
        return Stream.concat(
                        Arrays.stream(event.getClass().getRecordComponents())
                                .filter(component -> component.isAnnotationPresent(Personal.class))
                                .map(component -> value(event, component))
                                .flatMap(TraducoesTest::texts),
                        Stream.of("cannot be in there: a test without it would pass for an event without such fields"))
                .toArray(String[]::new);
    }

    private static Object value(DomainEvent event, java.lang.reflect.RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> texts(Object value) {
        return switch (value) {
            case Local place -> Stream.of(place.name(), "" + place.latitude(), "" + place.longitude());
            case java.util.Map<?, ?> strings ->
                Stream.concat(strings.keySet().stream(), strings.values().stream())
                        .map(String::valueOf);
            default -> Stream.of(JSON.writeValueAsString(value).replaceAll("^\"|\"$", ""));
        };
    }

    @Test
    void um_lugar_se_conta_a_um_centesimo_de_grau() {
        var json = JSON.writeValueAsString(told().toList());
        assertThat(json)
                .contains("-30.03")
                .contains("-51.22")
                .doesNotContain("-30.034")
                .doesNotContain("-51.217");
    }
}
