package mutirao.importacao.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.importacao.command.CsvDialect.Separator.COMMA;
import static mutirao.importacao.command.CsvDialect.Separator.SEMICOLON;
import static mutirao.importacao.command.CsvDialect.Separator.TAB;
import static mutirao.importacao.command.CsvDialect.WINDOWS_1252;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.List;
import mutirao.platform.rest.Problem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDialectTest {
    private static final String HEADER = "externalId,category,urgency,locationName,items";
    private static final String WORDS = "\u00e1gua p\u00e3o cora\u00e7\u00e3o N\u00c3O \u20ac\u201d";

    @Nested
    class Codificacao {
        private static Charset of(byte[]... parts) throws IOException {
            var streams = java.util.Collections.enumeration(
                    List.of(parts).stream().map(ByteArrayInputStream::new).toList());
            return CsvDialect.charsetOf(new SequenceInputStream(streams));
        }

        @Test
        void e_utf_8_o_que_e_utf_8_com_ou_sem_marca_e_o_que_nao_passa_do_ascii() throws IOException {
            assertThat(of(WORDS.getBytes(UTF_8))).isEqualTo(UTF_8);
            assertThat(of(("\ufeff" + HEADER).getBytes(UTF_8))).isEqualTo(UTF_8);
            assertThat(of(HEADER.getBytes(US_ASCII))).isEqualTo(UTF_8);
            assertThat(of("\ufeff".getBytes(UTF_8), WORDS.getBytes(WINDOWS_1252)))
                    .isEqualTo(UTF_8);
            assertThat(of(new byte[0])).isEqualTo(UTF_8);
        }

        @Test
        void e_windows_1252_o_que_nao_e_utf_8() throws IOException {
            assertThat(of(WORDS.getBytes(WINDOWS_1252))).isEqualTo(WINDOWS_1252);
            assertThat(of(HEADER.getBytes(US_ASCII), "p\u00e3".getBytes(WINDOWS_1252)))
                    .isEqualTo(WINDOWS_1252);
            assertThat(of("fim \u00c3".getBytes(WINDOWS_1252))).isEqualTo(WINDOWS_1252);
        }

        @Test
        void se_acha_alem_do_primeiro_bloco_e_onde_quer_que_este_corte() throws IOException {
            for (int before = (1 << 16) - 6; before < (1 << 16) + 6; before++) {
                var ascii = "x".repeat(before).getBytes(US_ASCII);
                assertThat(of(ascii, WORDS.getBytes(UTF_8))).isEqualTo(UTF_8);
                assertThat(of(ascii, WORDS.getBytes(WINDOWS_1252))).isEqualTo(WINDOWS_1252);
            }
        }

        @Test
        void um_byte_errado_nao_faz_outra_coisa_de_um_arquivo_de_utf_8_nem_um_acaso_de_um_de_windows()
                throws IOException {
            var wrong = new byte[] {(byte) 0xff};
            assertThat(of(WORDS.repeat(20_000).getBytes(UTF_8), wrong, "\n".getBytes(UTF_8)))
                    .isEqualTo(UTF_8);
            assertThat(of("\u00e1".getBytes(UTF_8), wrong))
                    .as("a tie is refused, not guessed")
                    .isEqualTo(UTF_8);
            assertThat(of((WORDS + "MA\u00c7\u00c3\u2013").getBytes(WINDOWS_1252)))
                    .isEqualTo(WINDOWS_1252);
        }

        @Test
        void utf_16_nao_se_le() {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> of(("\ufeff" + HEADER).getBytes(UTF_16LE)))
                    .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(415));
        }

        @Test
        void a_declarada_vale_se_e_uma_das_duas() {
            assertThat(CsvDialect.declared(UTF_8)).contains(UTF_8);
            assertThat(CsvDialect.declared(WINDOWS_1252)).contains(WINDOWS_1252);
            assertThat(CsvDialect.declared(ISO_8859_1)).contains(WINDOWS_1252);
            assertThat(CsvDialect.declared(UTF_16LE)).isEmpty();
        }

        @Test
        void as_linhas_se_leem_nela() {
            var bytes = (WORDS + "\r\n").getBytes(WINDOWS_1252);
            var reader = new LineReader(
                    new SequenceInputStream(
                            new ByteArrayInputStream(bytes),
                            new ByteArrayInputStream(new byte[] {(byte) 0x81, '\n', 'f'})),
                    WINDOWS_1252);
            assertThat(reader.next()).contains(new LineReader.Text(1, WORDS));
            assertThat(reader.next().orElseThrow()).isInstanceOf(LineReader.Unreadable.class);
            assertThat(reader.next()).contains(new LineReader.Text(3, "f"));
        }
    }

    @Nested
    class Separacao {
        @Test
        void se_ve_no_cabecalho() {
            assertThat(CsvDialect.separatorOf(HEADER)).isEqualTo(COMMA);
            assertThat(CsvDialect.separatorOf(HEADER.replace(',', ';'))).isEqualTo(SEMICOLON);
            assertThat(CsvDialect.separatorOf(HEADER.replace(',', '\t'))).isEqualTo(TAB);
        }

        @Test
        void nao_se_engana_com_o_que_esta_entre_aspas_nem_com_nomes_que_a_contem() {
            assertThat(CsvDialect.separatorOf("\"metadata.a,b,c,d,e\";\"externalId\"; items"))
                    .isEqualTo(SEMICOLON);
            assertThat(CsvDialect.separatorOf("externalId,items,metadata.a;b;c;d;e"))
                    .isEqualTo(COMMA);
        }

        @Test
        void de_um_cabecalho_desconhecido_e_a_que_mais_aparece() {
            assertThat(CsvDialect.separatorOf("nome;bairro;onde fica, mais ou menos"))
                    .isEqualTo(SEMICOLON);
            assertThat(CsvDialect.separatorOf("nome")).isEqualTo(COMMA);
            assertThat(CsvDialect.separatorOf("\"nome;\"bairro")).isEqualTo(SEMICOLON);
            assertThat(CsvDialect.separatorOf("")).isEqualTo(COMMA);
        }

        @Test
        void a_primeira_linha_do_excel_a_diz() {
            assertThat(CsvDialect.told("sep=;")).contains(SEMICOLON);
            assertThat(CsvDialect.told("\"SEP=,\"")).contains(COMMA);
            assertThat(CsvDialect.told("sep=\t")).contains(TAB);
            assertThat(CsvDialect.told("sep=;;;;")).contains(SEMICOLON);
            assertThat(CsvDialect.told(HEADER)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"sep=", "sep=|", "sep=ab"})
        void recusa_outra(String line) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> CsvDialect.told(line));
        }
    }

    @Test
    void se_diz_em_palavras() {
        assertThat(new CsvDialect(SEMICOLON, WINDOWS_1252)).hasToString("separator=semicolon; charset=windows-1252");
    }
}
