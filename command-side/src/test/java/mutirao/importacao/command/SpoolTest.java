package mutirao.importacao.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.platform.test.Paciencia.PACIENCIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import mutirao.platform.rest.Problem;
import org.junit.jupiter.api.Test;

class SpoolTest {
    @Test
    void da_o_que_recebeu() throws IOException {
        try (var spool = Spool.of(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)))) {
            assertThat(new String(spool.read().readAllBytes(), UTF_8)).isEqualTo("a\nb\n");
        }
    }

    @Test
    void recusa_um_corpo_vazio() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Spool.of(InputStream.nullInputStream()))
                .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(400));
    }

    @Test
    void recusa_um_corpo_que_acaba_antes_do_fim() {
        var body = new SequenceInputStream(new ByteArrayInputStream(new byte[10]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Spool.of(body))
                .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(400));
    }

    @Test
    void um_disco_cheio_nao_e_culpa_do_corpo() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Spool.copy(
                        new ByteArrayInputStream(new byte[200_000]), new Full(100_000), () -> Long.MAX_VALUE))
                .withMessage("no space left");
    }

    @Test
    void o_que_resta_do_disco_e_do_banco() throws IOException {
        var left = new AtomicLong(300L << 20);
        var taken = new AtomicLong();
        var body = new LineReaderTest.Counting(200L << 20);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Spool.copy(body, new Endless(taken), () -> left.get() - taken.get()))
                .withMessage("less than 256 MiB are free");

        assertThat(taken.get()).isBetween(44L << 20, 45L << 20);
    }

    /// Takes whatever comes, and counts it.
    private record Endless(AtomicLong taken) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            int all = bytes.remaining();
            taken.addAndGet(all);
            bytes.position(bytes.limit());
            return all;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /// A disk with room for so many bytes, which takes a few at a time.
    private static final class Full implements WritableByteChannel {
        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int taken = Math.min(Math.min(room, 1000), bytes.remaining());
            if (taken == 0) {
                throw new IOException("no space left");
            }
            bytes.position(bytes.position() + taken);
            room -= taken;
            return taken;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void um_arquivo_de_200_MB_cabe_numa_memoria_de_24_MB() throws Exception {
        var child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Large.class.getName()))
                .redirectErrorStream(true)
                .start();
        var output = new String(child.getInputStream().readAllBytes(), UTF_8);
        assertThat(child.waitFor(PACIENCIA)).isTrue();
        assertThat(child.exitValue()).as(output).isZero();
        assertThat(output).endsWith("2000000 lines\n");
    }

    /// Takes in, works and answers 200 MB.
    static final class Large {
        public static void main(String[] args) throws IOException {
            var answered = new long[1];
            try (var spool = Spool.of(new LineReaderTest.Counting(200_000_000))) {
                var charset = CsvDialect.charsetOf(spool.read());
                new Importacao((_, _) -> {})
                        .run(
                                new LineReader(spool.read(), charset),
                                _ -> List.of(),
                                Linhas.SENDER,
                                result -> answered[0] = result.line());
            }
            System.out.print(answered[0] + " lines\n");
        }
    }
}
