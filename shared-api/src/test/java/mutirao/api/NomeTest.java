package mutirao.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NomeTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "agua,AGUA",
                "\u00e1gua,A\u0301GUA", // composed in another way
                "agua,\uff21\uff27\uff35\uff21", // full width
                "agua mineral,\uff21\uff27\uff35\uff21\u3000\uff2d\uff29\uff2e\uff25\uff32\uff21\uff2c",
                "agua, agua\u00a0",
                "agua,ag\u200bua", // zero-width space
                "agua,a\u200cg\u200du\ufeffa", // joiners that join nothing, byte order mark
                "agua,\u202eagua\u202c", // right-to-left override
                "agua,\u2067agua\u2069\u200e\u061c", // isolates and marks
                "agua,ag\u00adua", // soft hyphen
                "agua,a\u2060g\u034fu\u3164a", // word joiner, grapheme joiner, Hangul filler
                "agua,agua\ufe0f", // variation selector
                "agua,agua\udb40\udc61\udb40\udc7f", // tags
                "agua,ag\u0007u\u007fa", // controls
                "\u00e1gua,a\u200b\u0301gua", // that keep an accent from its letter
                "caf\u00e9,CAF\u00c9",
                "gro\u00df,GROSS",
                "gro\u00df,GRO\u1e9e", // capital sharp s
                "fita,\ufb01ta", // ligature
                "5 kg,\u2464 \u338f", // circled digit, square kg
                "m2,m\u00b2",
                "\u03bf\u03b4\u03cc\u03c2,\u039f\u0394\u038c\u03a3",
                "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645,\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian
                "\ud83d\udc69\u200d\ud83d\udcbb,\ud83d\udc69\ud83d\udcbb", // emoji, joined or not
            })
    void sao_o_mesmo_nome(String one, String other) {
        assertThat(Nome.chave(one)).isEqualTo(Nome.chave(other));
        assertThat(Nome.chave(Nome.chave(other))).isEqualTo(Nome.chave(other));
    }

    @ParameterizedTest
    @CsvSource({
        "agua,\u00e1gua", // an accent is seen
        "agua,\u0430gua", // and so, by who reads it, is another alphabet: see ADR 0034
        "agua,aguas",
        "agua mineral,aguamineral",
        "kg,g",
    })
    void sao_nomes_diferentes(String one, String other) {
        assertThat(Nome.chave(one)).isNotEqualTo(Nome.chave(other));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u00c1gua pot\u00e1vel,\u00c1gua pot\u00e1vel",
                "\uff21\uff27\uff35\uff21,\uff21\uff27\uff35\uff21", // kept as typed
                "a\tb,a\tb", // white space is seen, and collapsed elsewhere
                "ag\u200bua,agua",
                "\u202eauga\u202c,auga",
                "\ufeffagua,agua",
                "ag\u00adua\u2060,agua",
                "a\u200db,ab", // joins nothing in Latin
                "agua\ufe0f,agua",
                "5\ufe0f,5",
                "agua\udb40\udc61,agua",
                "a\u0000\u0007b,ab",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645,\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian
                "\u0645\u06cc\u200c,\u0645\u06cc", // at the end it joins nothing
                "\u0915\u094d\u200d\u0937,\u0915\u094d\u200d\u0937", // Devanagari half form
                "\ud83d\udc69\u200d\ud83d\udcbb,\ud83d\udc69\u200d\ud83d\udcbb", // woman at a computer
                "\ud83c\udff3\ufe0f\u200d\ud83c\udf08,\ud83c\udff3\ufe0f\u200d\ud83c\udf08", // rainbow flag
                "\u2764\ufe0f,\u2764\ufe0f", // red heart
                "5\ufe0f\u20e3,5\ufe0f\u20e3", // keycap
                "\u845b\udb40\udd00,\u845b\udb40\udd00", // an ideograph's variant
            })
    void guarda_se_o_que_se_ve(String typed, String kept) {
        assertThat(Nome.visivel(typed)).isEqualTo(kept);
        assertThat(Nome.visivel(kept)).isEqualTo(kept);
        assertThat(Nome.chave(typed)).isEqualTo(Nome.chave(kept));
    }

    /// The way that most names are spared gives what they would get on it.
    @Test
    void o_atalho_da_o_mesmo_que_o_caminho_inteiro() {
        IntStream.rangeClosed('!', '\u00ff')
                .mapToObj(Character::toString)
                .filter(Nome::simples)
                .forEach(c -> {
                    var folded =
                            c.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
                    var whole = Normalizer.normalize(folded, Normalizer.Form.NFKC);
                    assertThat(Nome.chave(c)).isEqualTo(whole);
                    assertThat(Nome.chave("\u2060" + c))
                            .as("the whole way of %s", c)
                            .isEqualTo(Nome.chave(c));
                });
    }
}
