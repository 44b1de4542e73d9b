package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import mutirao.api.Rule;
import mutirao.platform.rest.ProblemTexts;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;

/// Every rule that can refuse something says so in words.
class RegrasTest {
    private static final String SILENT = "";

    @Test
    void cada_regra_tem_um_texto() {
        var texts = texts();

        assertThat(rules().map(Rule::name)
                        .filter(rule -> SILENT.equals(texts.getMessage(rule, null, SILENT, Locale.of("pt", "BR"))))
                        .distinct()
                        .sorted())
                .as("rules without a text in textos")
                .isEmpty();
    }

    @Test
    void as_regras_sao_encontradas() {
        assertThat(rules().map(Rule::name)).contains("NECESSIDADE_CANCELADA", "TICKET_FECHADO");
    }

    @Test
    void um_texto_tem_acentos() {
        assertThat(texts().getMessage("TICKET_FECHADO", null, SILENT, Locale.of("pt", "BR")))
                .isEqualTo("O ticket est\u00e1 fechado.");
    }

    /// The rules of every context on the class path.
    private static Stream<Rule> rules() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("mutirao").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(Rule.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                        .map(Rule.class::cast);
    }

    private static MessageSource texts() {
        try {
            return ProblemTexts.all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
