package mutirao.identity.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Held against what Spring Security allows.
class HeaderValuesTest {
    @Test
    void deixa_passar_cada_caractere_que_spring_security_deixa_e_nenhum_outro() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var value = "a" + Character.toString(c) + "b";
            assertThat(HeaderValues.allowed(value))
                    .as("U+%04X", c)
                    .isEqualTo(StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
        }
    }

    @Test
    void recusa_outra_linha() {
        assertThat(HeaderValues.allowed("a\r\nb")).isFalse();
        assertThat(HeaderValues.allowed("")).isTrue();
        assertThat(HeaderValues.allowed("Bearer a.b.c")).isTrue();
    }
}
