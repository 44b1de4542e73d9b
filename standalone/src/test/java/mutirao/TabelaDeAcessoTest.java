package mutirao;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@Aplicacao
class TabelaDeAcessoTest {
    private static final Path FILE = Path.of(System.getProperty("basedir", "."), "..", "docs", "acesso.md");
    private static final String REGENERATE = "./mvnw -pl standalone -am test -Dtest=TabelaDeAcessoTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dacesso.write=true";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Test
    void a_tabela_no_papel_e_a_do_codigo() throws IOException {
        if (Boolean.getBoolean("acesso.write")) {
            Files.writeString(FILE, rendered());
        }
        assertThat(FILE).as("docs/acesso.md is stale; %s", REGENERATE).content().isEqualTo(rendered());
    }

    private String rendered() {
        var roles = Arrays.stream(Role.values()).map(Role::name).collect(joining(" | "));
        var lines = Operacoes.de(mapping).entrySet().stream()
                .map(operation -> line(operation.getKey(), operation.getValue().orElseThrow()))
                .collect(joining("\n"));
        return """
                # Quem pode pedir o quê

                Gerado do `@OpenTo` que está em cada operação; `%s` o refaz. Cada uma é perguntada por todos em
                `AcessoTest`. Um papel vale na organização pela qual a pessoa age (`org` no token);
                OPERADOR vale na instalação toda, sem ver o que é de organizações de que não faz parte.

                | operação | %s | além do papel |
                |---|%s---|
                %s
                """.formatted(REGENERATE, roles, "---|".repeat(Role.values().length), lines);
    }

    private static String line(String operation, Access access) {
        var marks = Arrays.stream(Role.values())
                .map(role -> access.roles().isEmpty() || access.roles().contains(role) ? "x" : "")
                .collect(joining(" | "));
        var also = access.withoutToken() ? "sem token" : access.also();
        return "| `%s` | %s | %s |".formatted(operation, marks, also);
    }
}
