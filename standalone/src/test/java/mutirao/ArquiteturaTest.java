package mutirao;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.api.DomainCommand;
import mutirao.api.DomainEvent;
import mutirao.api.Query;
import mutirao.platform.projection.ReadModel;
import mutirao.platform.projection.Serving;
import mutirao.platform.query.Listing;
import mutirao.platform.saga.Prazo;
import mutirao.platform.saga.Saga;
import org.axonframework.spring.stereotype.Aggregate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RestController;

/// Arrows go down only, and a context is one branch of the package tree. A mistyped package would pass silently, so
/// each rule is also held against `quebrado`, a small tree of the same shape in which every rule is broken.
class ArquiteturaTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("mutirao");
    private static final Pattern CONTEXT =
            Pattern.compile("mutirao\\.(?!platform\\.)(\\w+)\\.(?:api|command|query|console)");
    private static final Path PLATFORM =
            Path.of(System.getProperty("basedir", "."), "..", "platform", "src", "main", "resources");
    private static final String PEOPLE = "usuario";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("quebrado");

    /// A rule for a tree below a root package.
    record Rule(String says, Function<String, ArchRule> below) {
        @Override
        public String toString() {
            return says;
        }
    }

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "the platform knows no context",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + ".platform..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(contexts(root, ".."))),
                new Rule(
                        "the shared vocabulary knows no context",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + ".api..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(contexts(root, ".."))),
                new Rule(
                        "the language stands on no platform and no Spring",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(and(contexts(root, ".api.."), root + ".api.."))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(root + ".platform..", "org.springframework..")),
                new Rule(
                        "the language of no two contexts knows each other",
                        root -> slices().matching(root + ".(*).api..").should().beFreeOfCycles()),
                new Rule(
                        "what is held does not know who holds it",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(
                                        root + ".necessidade.api..",
                                        root + ".necessidade.command..",
                                        root + ".oferta.api..",
                                        root + ".oferta.command..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(root + ".entrega..")),
                new Rule(
                        "the side that decides does not see the side that shows",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(contexts(root, ".command.."))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(contexts(root, ".query.."))),
                new Rule(
                        "the side that shows does not see the side that decides",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(contexts(root, ".query.."))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(contexts(root, ".command.."))),
                new Rule(
                        "the authorization server knows no context but people, and those by what is said of them",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + ".identity..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(names().filter(context -> !context.equals(PEOPLE))
                                        .map(context -> root + "." + context + "..")
                                        .toArray(String[]::new))
                                .orShould()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        root + "." + PEOPLE + ".command..", root + "." + PEOPLE + ".query..")),
                new Rule(
                        "nothing stands on the authorization server, which another issuer can replace",
                        root -> noClasses()
                                .that()
                                .resideOutsideOfPackages(root + ".identity..", root + ".standalone..", root + ".demo..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(root + ".identity..")),
                new Rule(
                        "nothing stands on standalone",
                        root -> noClasses()
                                .that()
                                .resideOutsideOfPackages(root + ".standalone..", root)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(root + ".standalone..")),
                new Rule(
                        "aggregates are nobody else's, and have neither clock nor bean",
                        root -> noClasses()
                                .that()
                                .areAnnotatedWith(Aggregate.class)
                                .and()
                                .resideInAPackage(root + "..")
                                .should()
                                .bePublic()
                                .orShould()
                                .callMethod(Clock.class, "systemUTC")
                                .orShould()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.slf4j..", "org.springframework.jdbc..")),
                new Rule(
                        "read models, sagas and deadlines are pure",
                        root -> noClasses()
                                .that(assignableTo(ReadModel.class)
                                        .or(assignableTo(Saga.class))
                                        .or(assignableTo(Prazo.class)))
                                .and()
                                .resideInAPackage(root + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("java.sql..", "org.springframework.jdbc..", "org.slf4j..")
                                .orShould()
                                .dependOnClassesThat()
                                .areAssignableTo(Clock.class)),
                new Rule(
                        "only what is everybody's, and what shows nobody's rows, is read across organizations",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .and()
                                .doNotHaveFullyQualifiedName(root + ".platform.query.Listing")
                                .and()
                                .doNotHaveFullyQualifiedName(root + ".necessidade.query.NecessidadePublicaQueries")
                                .and()
                                .doNotHaveFullyQualifiedName(root + ".organizacao.query.OrganizacaoQueries")
                                .and()
                                .doNotHaveFullyQualifiedName(root + ".auditoria.query.AuditoriaQueries")
                                .should()
                                .callMethodWhere(target(owner(assignableTo(Serving.class)))
                                        .and(target(name("fromEveryOrganization"))))
                                .orShould()
                                .callMethodWhere(target(owner(assignableTo(Listing.class)))
                                        .and(target(name("ofEveryOrganization"))))),
                new Rule(
                        "events, commands and queries are records or what seals them",
                        root -> classes()
                                .that(assignableTo(DomainEvent.class)
                                        .or(assignableTo(DomainCommand.class))
                                        .or(assignableTo(Query.class)))
                                .and()
                                .resideInAPackage(root + "..")
                                .should()
                                .beRecords()
                                .orShould()
                                .beInterfaces()),
                new Rule(
                        "controllers are package-private and called so",
                        root -> classes()
                                .that()
                                .areAnnotatedWith(RestController.class)
                                .and()
                                .resideInAPackage(root + "..")
                                .should()
                                .notBePublic()
                                .andShould()
                                .haveSimpleNameEndingWith("Controller")),
                new Rule(
                        "time comes from the one clock",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .should()
                                .callMethod(Instant.class, "now")
                                .orShould()
                                .callMethod(LocalDateTime.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")));
    }

    /// A context reaches another only through its api.
    static List<Rule> reach() {
        return names().map(context -> new Rule(
                        context + " reaches the others only through their api",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + "." + context + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(names().filter(other -> !other.equals(context))
                                        .flatMap(other -> Stream.of(
                                                root + "." + other + ".command..", root + "." + other + ".query.."))
                                        .toArray(String[]::new))))
                .toList();
    }

    /// The contexts that there are: branches of the package tree that speak, decide or show.
    private static Stream<String> names() {
        return PRODUCT.stream()
                .map(type -> CONTEXT.matcher(type.getPackageName()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .sorted();
    }

    private static String[] contexts(String root, String below) {
        return names().map(context -> root + "." + context + below).toArray(String[]::new);
    }

    private static String[] and(String[] packages, String more) {
        return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
    }

    /// Nor in a text: a path, a setting, a sentence.
    @Test
    void a_plataforma_nao_diz_o_nome_de_nenhum_contexto() throws IOException {
        var name = Pattern.compile("\\b(" + names().collect(joining("|")) + ")s?\\b");
        var said = new ArrayList<String>();
        for (var type : PRODUCT) {
            if (type.getPackageName().startsWith("mutirao.platform")) {
                said.addAll(texts(type));
            }
        }
        for (var file : List.of("application.yml", "messages.properties")) {
            said.addAll(Files.readAllLines(PLATFORM.resolve(file)));
        }
        assertThat(said)
                .hasSizeGreaterThan(1000)
                .noneMatch(text -> name.matcher(text).find());
    }

    private static List<String> texts(JavaClass type) throws IOException {
        try (var bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            var texts = new ArrayList<String>();
            for (var entry : ClassFile.of().parse(bytes.readAllBytes()).constantPool()) {
                if (entry instanceof StringEntry text) {
                    texts.add(text.stringValue());
                }
            }
            return texts;
        }
    }

    @ParameterizedTest
    @MethodSource({"rules", "reach"})
    void vale_no_produto(Rule rule) {
        rule.below().apply("mutirao").allowEmptyShould(true).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fica_vermelha_na_arvore_quebrada(Rule rule) {
        assertThat(rule.below().apply("quebrado").evaluate(BROKEN).hasViolation())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void olha_para_alguma_classe(Rule rule) {
        rule.below().apply("mutirao").allowEmptyShould(false).check(PRODUCT);
    }
}
