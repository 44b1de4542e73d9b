package mutirao.identity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Role;
import mutirao.platform.start.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapClientTest {
    private static final String ORGANIZACAO = "5a7a4d10-0000-4000-8000-000000000001";

    @Test
    void le_um_ou_varios() {
        assertThat(BootstrapClient.parse("")).isEmpty();
        assertThat(BootstrapClient.parse(" ; ;")).isEmpty();
        assertThat(BootstrapClient.parse("robo:s3gr&do=:ADMIN, TECNICO ; outro:x:AUDITOR:" + ORGANIZACAO + ";"))
                .containsExactly(
                        new BootstrapClient("robo", "s3gr&do=", Set.of(Role.ADMIN, Role.TECNICO), Actors.ORGANIZATION),
                        new BootstrapClient("outro", "x", Set.of(Role.AUDITOR), UUID.fromString(ORGANIZACAO)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            robo                                | Entry 1 * does not have three or four parts.
            robo:segredo                        | Entry 1 * does not have three or four parts.
            robo:segredo:ADMIN:x:y              | Entry 1 * does not have three or four parts.
            :segredo:ADMIN                      | Entry 1 * has no id of visible ASCII characters.
            r bo:segredo:ADMIN                  | Entry 1 * has no id of visible ASCII characters.
            robo::ADMIN                         | Entry 1 * has no secret of visible ASCII characters.
            robo:segredo:                       | Entry 1 * names a role that there is not.
            robo:segredo:ADMIN,                 | Entry 1 * names a role that there is not.
            robo:segredo:admin                  | Entry 1 * names a role that there is not.
            robo:segredo:ADMIN:minha            | Entry 1 * has an organization that is not a UUID.
            robo:segredo:ADMIN;robo:x:ADMIN     | Entry 2 * has the id of an earlier one.
            robo:segredo:ADMIN;b:segredo:CHEFE  | Entry 2 * names a role that there is not.
            mutirao-docs:segredo:ADMIN          | Entry 1 * has the id of a client that is always there.
            """)
    void diz_o_que_esta_errado_sem_citar_nada(String text, String message) {
        assertThatThrownBy(() -> BootstrapClient.parse(text))
                .isInstanceOf(StartFailure.class)
                .hasMessage(message.replace("*", "of MUTIRAO_BOOTSTRAP_CLIENT"))
                .message()
                .doesNotContain("segredo");
        assertThatThrownBy(() -> BootstrapClient.parse(text))
                .extracting(failure -> ((StartFailure) failure).action())
                .asString()
                .contains("<id>:<secret>:<ROLE,ROLE>[:<organizationId>]", "COORDENADOR")
                .doesNotContain("segredo");
    }

    @Test
    void nao_mostra_o_segredo() {
        assertThat(BootstrapClient.parse("robo:segredo:ADMIN").toString()).doesNotContain("segredo");
    }
}
