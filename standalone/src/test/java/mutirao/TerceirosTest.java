package mutirao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/// The program says of what and whose work it is made.
class TerceirosTest {
    private static String recurso(String path) throws IOException {
        return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
    }

    /// `<artifact>:<version>` of every jar that the program's own would hold, which lie so in a Maven repository.
    private static List<String> partes() throws IOException {
        var classPath = Files.readString(Path.of(System.getProperty("basedir", "."), "target", "classpath.txt"));
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(classPath.strip())
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar")
                        && !path.getFileName().toString().startsWith("mutirao"))
                .map(jar -> jar.getParent().getParent().getFileName() + ":"
                        + jar.getParent().getFileName())
                .toList();
    }

    @Test
    void a_lista_de_materiais_tem_todas_as_partes() throws IOException {
        var sbom = JsonMapper.shared().readTree(recurso("META-INF/sbom/application.cdx.json"));
        assertThat(sbom.get("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(sbom.get("components")
                        .valueStream()
                        .map(part -> part.get("name").asString() + ":"
                                + part.get("version").asString()))
                .hasSizeGreaterThan(100)
                .containsAll(partes());
    }

    @Test
    void de_cada_parte_se_diz_sob_que_licenca_vem() throws IOException {
        assertThat(partes())
                .allSatisfy(part -> assertThat(recurso("META-INF/THIRD-PARTY.txt"))
                        .containsPattern("\\([^)]+\\) .*:" + Pattern.quote(part) + " "));
    }
}
