package mutirao.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import mutirao.vizinho.Vizinho;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.stereotype.Component;

/// What applications write against stays small, and what is internal stays inside.
class PublicApiTest {
    private static final String ROOT = "mutirao.messaging";
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static Stream<JavaClass> api() {
        return LIBRARY.stream()
                .filter(type -> type.getPackageName().equals(ROOT))
                .filter(PublicApiTest::isSeen)
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static boolean isSeen(HasModifiers member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    @Test
    void tem_no_maximo_doze_tipos() {
        assertThat(api().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .hasSizeLessThanOrEqualTo(12)
                .contains("Producer", "Consumer", "OnEvent", "Publishes", "MessagingHarness");
    }

    private static Stream<String> internalsShownBy(Stream<JavaClass> types) {
        return types.flatMap(type -> Stream.concat(
                type.getCodeUnits().stream()
                        .filter(PublicApiTest::isSeen)
                        .filter(unit -> shown(unit).anyMatch(PublicApiTest::isInternal))
                        .map(JavaCodeUnit::getFullName),
                type.getFields().stream()
                        .filter(PublicApiTest::isSeen)
                        .filter(field -> isInternal(field.getRawType()))
                        .map(field -> field.getFullName())));
    }

    private static Stream<JavaClass> shown(JavaCodeUnit unit) {
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types)
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".internal");
    }

    @Test
    void nao_mostra_nada_de_interno_salvo_a_quem_monta_o_arnes() {
        assertThat(internalsShownBy(api()))
                .singleElement()
                .satisfies(constructor ->
                        assertThat(constructor).startsWith(MessagingHarness.class.getName() + ".<init>"));
    }

    /// So that the test can fail.
    @Test
    void e_o_que_mostra_e_visto() {
        var shows = new ClassFileImporter().importClasses(Mostra.class);
        assertThat(internalsShownBy(shows.stream())).hasSize(2);
    }

    /// Shows what it should not.
    public abstract static class Mostra {
        protected Mostra() {}

        public abstract List<mutirao.messaging.internal.Wire> all();

        protected void one(mutirao.messaging.internal.Wire wire) {}
    }

    /// What scanning finds bypasses the order and the conditions of the auto-configuration.
    @Test
    void o_interno_nao_se_acha_varrendo_pacotes() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".internal..")
                .and()
                .areNotAnnotatedWith(AutoConfiguration.class)
                .should()
                .beMetaAnnotatedWith(Component.class)
                .check(LIBRARY);
    }

    private static final DescribedPredicate<JavaClass> OURS = DescribedPredicate.describe(
            "of Mutirão or Axon",
            type -> isOfOurs(type.getPackageName()) || type.getPackageName().startsWith("org.axonframework"));

    private static boolean isOfOurs(String name) {
        return name.startsWith("mutirao") && !(name + ".").startsWith(ROOT + ".");
    }

    private static final ArchRule KNOWS_NOTHING = noClasses().should().dependOnClassesThat(OURS);

    /// Knows what it should not.
    record Sabe(Vizinho vizinho) {}

    /// So that the rule can fail.
    @Test
    void e_quem_sabe_e_visto() {
        var knows = new ClassFileImporter().importClasses(Sabe.class);
        assertThatThrownBy(() -> KNOWS_NOTHING.check(knows)).hasMessageContaining("Vizinho");
    }

    @Test
    void nao_sabe_nada_do_mutirao() {
        KNOWS_NOTHING.check(LIBRARY);
        assertThat(LIBRARY).hasSizeGreaterThan(40);
        assertThat(LIBRARY.stream().map(JavaClass::getPackageName)).allMatch(name -> name.startsWith(ROOT));
    }
}
