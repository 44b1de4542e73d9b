package mutirao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {
    private static final String HARD = "aZ ÀÿßşſKΩ\u0301\u0327 \u00a0\u2003\u3000\t\n\r\u000b\u001c\u0085\u200b~!×÷";

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"Água potável,Água potável", " Água  potável ,Água potável", "'a\tb',a b", "A\u0301gua,Água", "x,x"
            })
    void a_grafia_guardada(String typed, String kept) {
        assertThat(Item.spelling(typed)).isEqualTo(kept);
        assertThat(Item.spelling(kept)).isEqualTo(kept);
    }

    /// The way that most names are spared gives what they would get on it.
    @Test
    void o_atalho_da_o_mesmo_que_o_caminho_inteiro() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < 100_000; i++) {
            var text = random.ints(random.nextInt(8), 0, HARD.length())
                    .mapToObj(HARD::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining());
            var whole = Normalizer.normalize(text, Normalizer.Form.NFC)
                    .replaceAll("[\\s\\p{Z}]+", " ")
                    .strip();
            assertThat(Item.spelling(text)).as(text).isEqualTo(whole);
        }
    }
}
