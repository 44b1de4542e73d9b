package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import mutirao.api.Rule;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.ClassPathResource;

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
                .as("rules without a text in regras.properties")
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

    /// The query side has no rules and no texts of theirs.
    @Test
    void um_arquivo_que_falta_e_passado_por_alto() {
        var texts = texts();
        texts.setBasenames("messages", "nao_existe");

        assertThat(texts.getMessage("JA_EXISTE", null, SILENT, Locale.of("pt", "BR")))
                .isEqualTo("O id j\u00e1 est\u00e1 em uso.");
        assertThat(texts.getMessage("TICKET_FECHADO", null, SILENT, Locale.of("pt", "BR")))
                .isEqualTo(SILENT);
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

    /// As the application reads them.
    private static ResourceBundleMessageSource texts() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yml"));
        var settings = yaml.getObject();
        var texts = new ResourceBundleMessageSource();
        texts.setBasenames(settings.getProperty("spring.messages.basename").split(","));
        texts.setDefaultEncoding(settings.getProperty("spring.messages.encoding"));
        return texts;
    }
}
