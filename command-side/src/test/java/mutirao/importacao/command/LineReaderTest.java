package mutirao.importacao.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mutirao.importacao.command.LineReader.Line;
import mutirao.importacao.command.LineReader.Text;
import mutirao.importacao.command.LineReader.Unreadable;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final int LONGEST = LineReader.LONGEST;

    @Test
    void conta_as_linhas_desde_1_tambem_as_em_branco() {
        assertThat(lines("a\n\n b\nc\n")).containsExactly(text(1, "a"), text(2, ""), text(3, " b"), text(4, "c"));
    }

    @Test
    void a_ultima_linha_vale_sem_fim_de_linha() {
        assertThat(lines("a\nb")).containsExactly(text(1, "a"), text(2, "b"));
    }

    @Test
    void um_arquivo_vazio_nao_tem_linhas() {
        assertThat(lines("")).isEmpty();
    }

    @Test
    void tolera_fim_de_linha_do_windows_e_marca_de_ordem() {
        assertThat(lines("\ufeffa\r\nb\r\n\r\n")).containsExactly(text(1, "a"), text(2, "b"), text(3, ""));
    }

    @Test
    void so_o_comeco_do_arquivo_tem_marca_de_ordem() {
        assertThat(lines("a\n\ufeffb")).containsExactly(text(1, "a"), text(2, "\ufeffb"));
    }

    @Test
    void recusa_o_que_nao_e_utf_8_e_continua() {
        var bytes = new byte[] {'a', (byte) 0xff, '\n', 'b', '\n', (byte) 0xc3, '\n', (byte) 0xc3, (byte) 0xa1};
        assertThat(all(new ByteArrayInputStream(bytes)))
                .extracting(line -> line instanceof Text(var number, var text) ? text : "recusada")
                .containsExactly("recusada", "b", "recusada", "\u00e1");
    }

    @Test
    void recusa_uma_linha_longa_demais_e_continua() {
        var longest = "x".repeat(LONGEST);
        var lines = lines(
                longest + "\n" + longest + "\r\n" + longest + "y\n" + longest.repeat(3) + "\nz\n" + longest + "y");
        assertThat(lines)
                .extracting(line -> line instanceof Text(var number, var text) ? text.length() : -1)
                .containsExactly(LONGEST, LONGEST, -1, -1, 1, -1);
        assertThat(((Unreadable) lines.get(2)).code()).isEqualTo("CONTENT_TOO_LARGE");
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void diz_onde_o_arquivo_deixou_de_ser_legivel() {
        var broken = new java.io.SequenceInputStream(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)), new Broken());
        assertThat(all(broken))
                .extracting(line -> line instanceof Unreadable refused ? refused.code() + refused.number() : "ok")
                .containsExactly("ok", "ok", "INTERNAL3");
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }
    }

    @Test
    void acha_as_mesmas_linhas_onde_quer_que_os_blocos_se_partam() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var expected = new ArrayList<String>();
            for (int i = random.nextInt(1, 30); i > 0; i--) {
                expected.add("\u00e1gua ".repeat(random.nextInt(0, 4000)).strip());
            }
            var bytes = (String.join("\n", expected) + "\n").getBytes(UTF_8);
            assertThat(all(new Pieces(bytes, random)))
                    .as("seed " + seed)
                    .extracting(line -> ((Text) line).text())
                    .isEqualTo(expected);
        }
    }

    /// Gives as much as it likes at a time.
    private static final class Pieces extends ByteArrayInputStream {
        private final SplittableRandom random;

        Pieces(byte[] bytes, SplittableRandom random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, random.nextInt(1, length + 1));
        }
    }

    @Test
    void nao_le_alem_da_linha_que_da() {
        var source = new Counting(50_000_000);
        var reader = new LineReader(source);
        long given = 0;
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            given += ((Text) line.get()).text().length() + 1;
            assertThat(source.read - given).isLessThanOrEqualTo(1 << 16);
        }
        assertThat(given).isEqualTo(50_000_000);
    }

    /// So many bytes in lines of a hundred, made as they are read.
    static final class Counting extends InputStream {
        private static final byte[] LINES = ("x".repeat(99) + "\n").repeat(1000).getBytes(UTF_8);

        private final long size;
        long read;

        Counting(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one by one is slow");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int from = (int) (read % LINES.length);
            int some = (int) Math.min(Math.min(length, LINES.length - from), size - read);
            System.arraycopy(LINES, from, target, offset, some);
            read += some;
            return some == 0 ? -1 : some;
        }
    }

    private static Text text(long number, String text) {
        return new Text(number, text);
    }

    private static List<Line> lines(String file) {
        return all(new ByteArrayInputStream(file.getBytes(UTF_8)));
    }

    private static List<Line> all(InputStream file) {
        var reader = new LineReader(file);
        var lines = new ArrayList<Line>();
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            lines.add(line.get());
        }
        return lines;
    }
}
