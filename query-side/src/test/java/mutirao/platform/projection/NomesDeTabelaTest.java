package mutirao.platform.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mutirao.QuerySideApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Nobody reads a projection's table by its name: whoever did would read every organization's rows. What stands behind
/// `from` comes from [Serving].
@Consulta
class NomesDeTabelaTest {
    @Autowired
    List<ReadModel<?>> models;

    @Test
    void nenhuma_consulta_diz_o_nome_de_uma_tabela() throws IOException, URISyntaxException {
        var found = new ArrayList<String>();
        var classes = classes();
        for (var file : classes) {
            for (var entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof StringEntry text && diz(text.stringValue())) {
                    found.add(file.getFileName() + ": " + text.stringValue());
                }
            }
        }
        assertThat(classes).hasSizeGreaterThan(50);
        assertThat(found).isEmpty();
    }

    @Test
    void e_quem_dissesse_seria_achado() {
        assertThat(diz("select count(*) from necessidade")).isTrue();
        assertThat(diz("select 1 FROM oferta_v2 where id = ?")).isTrue();
        assertThat(diz("select \u0001 from x\njoin entrega e on true")).isTrue();
        assertThat(diz("from public.\"ticket\"")).isTrue();
        assertThat(diz("select * from a, auditoria_v2")).isTrue();
        assertThat(diz("select type from domain_event")).isTrue();
        assertThat(diz("select id from \u0001 where necessidade_id = ?")).isFalse();
        assertThat(diz("join \u0001 on entrega.oferta_id = oferta.id")).isFalse();
    }

    private boolean diz(String constant) {
        var names = models.stream().map(model -> model.table().name()).collect(Collectors.joining("|"));
        return Pattern.compile(
                        "\\b(from|join|into|update|table)\\b[^()\u0001]*?\\b(" + names
                                + "|domain_event)(_v\\d+)?\\b(?!\\.)",
                        Pattern.CASE_INSENSITIVE)
                .matcher(constant)
                .find();
    }

    private static List<Path> classes() throws IOException, URISyntaxException {
        var root = Path.of(QuerySideApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
