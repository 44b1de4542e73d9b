package mutirao.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTest {
    /// The way that most texts are spared gives what they would get on it.
    @Test
    void o_atalho_da_o_mesmo_que_o_caminho_inteiro() {
        for (char c = 0; c < 0x250; c++) {
            var text = "x" + c + "X";
            assertThat(Search.plain(text)).as("U+%04X", (int) c).isEqualTo(Search.whole(text));
        }
        assertThat(Search.plain("ÁGUA Potável, ração")).isEqualTo("agua potavel, racao");
        assertThat(Search.plain("A\u0301gua 🚚 İ")).isEqualTo(Search.whole("A\u0301gua 🚚 İ"));
    }
}
