package mutirao.importacao.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines of a file one by one, however long the file or a line is: it never holds more than one line of
/// [#LONGEST] and its buffer. Not thread-safe.
final class LineReader {
    /// The longest line that is taken, in bytes without its end: the limit of every other request's body.
    static final int LONGEST = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final Charset charset;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private long number;
    private boolean ended;

    LineReader(InputStream in) {
        this(in, StandardCharsets.UTF_8);
    }

    /// @param charset in which a line feed is what it is in ASCII
    LineReader(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
    }

    /// One line of the file, counted from 1.
    sealed interface Line {
        long number();
    }

    /// @param text without its end (LF or CRLF) and without a byte order mark
    record Text(long number, String text) implements Line {}

    /// @param code   UPPER_SNAKE, as in a problem
    /// @param reason for people
    record Unreadable(long number, String code, String reason) implements Line {}

    /// The next line, or empty after the last. A file that cannot be read on ends with an [Unreadable] that says so.
    Optional<Line> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            number++;
            return start == end && !fill() ? Optional.empty() : Optional.of(line());
        } catch (IOException e) {
            LOG.error("an import cannot be read beyond line {}", number, e);
            ended = true;
            return Optional.of(new Unreadable(number, "INTERNAL", "o arquivo não pôde ser lido daqui em diante"));
        }
    }

    private Line line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean fits = true;
        boolean complete = false;
        while (!complete && (start < end || fill())) {
            int newline = newline();
            complete = newline < end;
            fits = fits && bytes.size() + newline - start <= LONGEST + 1; // one more for the CR
            if (fits) {
                bytes.write(buffer, start, newline - start);
            }
            start = complete ? newline + 1 : end;
        }
        return fits ? decoded(bytes.toByteArray()) : tooLong();
    }

    private Line decoded(byte[] bytes) {
        int from = number == 1 && charset.equals(StandardCharsets.UTF_8) && startsWithMark(bytes)
                ? BYTE_ORDER_MARK.length
                : 0;
        int to = bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (to - from > LONGEST) {
            return tooLong();
        }
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return new Text(number, text.toString());
        } catch (CharacterCodingException _) {
            return new Unreadable(number, "INVALID", "a linha não é " + charset.name() + " válido");
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && ByteBuffer.wrap(bytes, 0, BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
    }

    private Line tooLong() {
        return new Unreadable(number, "CONTENT_TOO_LARGE", "a linha passa de 1 MiB");
    }

    /// Where the line ends in the buffer; its end when the line goes on.
    private int newline() {
        int at = start;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, in.read(buffer));
        ended = end == 0;
        return !ended;
    }
}
