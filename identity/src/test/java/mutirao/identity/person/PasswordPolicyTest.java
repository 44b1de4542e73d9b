package mutirao.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import mutirao.identity.person.PasswordPolicy.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private static final String LOGIN = "ana.souza@example.org";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890",
                "password123",
                "Q1W2E3R4T5Y6",
                "P@ssw0rd1234",
                "asdfghjkl123",
                "12345678901234567890",
                "aaaaaaaaaaaa",
                "abcabcabcabc",
                "senha12345",
                "S3nh@12345",
                "321ahnes123",
                "minhasenha123",
                "mudar123456",
                "Brasil@2024",
                "corinthians1",
                "palmeiras10",
                "deusefiel10",
                "mutirao2026",
                "teamoteamo"
            })
    void recusa_o_que_se_adivinha_depressa(String password) {
        assertThat(PasswordPolicy.fault(password, LOGIN)).hasValue(Fault.COMMON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passarinho verde",
                "uma senha para o teste",
                "cavalo correto bateria",
                "marmita fria 7",
                "Sol2024Chuva",
                "xK9$mq2!vR",
                "água morna no pote"
            })
    void aceita_algumas_palavras_que_nao_andam_juntas(String password) {
        assertThat(PasswordPolicy.fault(password, LOGIN)).isEmpty();
    }

    @Test
    void o_que_passa_do_que_se_julga_nao_salva_um_comeco_facil() {
        assertThat(PasswordPolicy.fault("12".repeat(500), LOGIN)).hasValue(Fault.COMMON);
        assertThat(PasswordPolicy.fault("ontem choveu no abrigo ".repeat(43), LOGIN))
                .isEmpty();
    }

    @Test
    void o_email_e_o_seu_comeco_nao_servem() {
        assertThat(PasswordPolicy.fault("xx ANA.SOUZA yy zz", LOGIN)).hasValue(Fault.LOGIN);
        assertThat(PasswordPolicy.fault("azuos.ana1", LOGIN)).hasValue(Fault.COMMON);
    }
}
