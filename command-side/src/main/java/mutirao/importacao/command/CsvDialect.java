package mutirao.importacao.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mutirao.platform.rest.Problem;
import org.springframework.http.HttpStatus;

/// How a file of CSV is written. Spreadsheets write what their country does: in Brazil semicolons, decimal commas, and
/// often Windows-1252.
///
/// @param separator between cells
/// @param charset   of the whole file
record CsvDialect(Separator separator, Charset charset) {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final List<Charset> KNOWN = List.of(StandardCharsets.UTF_8, WINDOWS_1252);
    private static final String TOLD = "sep=";
    private static final int BUFFER = 1 << 16;
    private static final int ASCII = 0x80;

    /// What stands between cells. The first is taken where a header tells nothing.
    enum Separator {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t');

        final char character;

        Separator(char character) {
            this.character = character;
        }

        /// Where the comma separates cells, it is no decimal sign.
        boolean decimalComma() {
            return this != COMMA;
        }
    }

    /// As the answer's header says it: in words, so that it can be cut at its semicolon.
    @Override
    public String toString() {
        return "separator=%s; charset=%s".formatted(separator.name().toLowerCase(Locale.ROOT), charset.name());
    }

    /// What a declared charset is read as: what calls itself ISO-8859-1 is Windows-1252 wherever the two differ.
    ///
    /// @return empty when it is none that is taken
    static Optional<Charset> declared(Charset name) {
        var meant = name.equals(StandardCharsets.ISO_8859_1) ? WINDOWS_1252 : name;
        return KNOWN.stream().filter(meant::equals).findFirst();
    }

    /// Reads a whole file, unless a byte order mark says it, and keeps a buffer of it. UTF-8 is hardly ever met by
    /// chance: what has as many characters beyond ASCII that are valid as it has faults is UTF-8 with broken lines,
    /// which are refused; anything else is Windows-1252.
    ///
    /// @throws Problem 415 for UTF-16
    static Charset charsetOf(InputStream file) throws IOException {
        var channel = Channels.newChannel(file);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.allocate(BUFFER);
        var text = CharBuffer.allocate(BUFFER);
        long valid = 0;
        long faults = 0;
        boolean more = true;
        for (boolean first = true; more; first = false) {
            more = fill(bytes, channel);
            bytes.flip();
            if (first && hasMark(bytes)) {
                return StandardCharsets.UTF_8;
            }
            CoderResult result;
            do {
                result = decoder.decode(bytes, text, !more);
                valid += beyondAscii(text);
                if (result.isError()) {
                    faults++;
                    bytes.position(bytes.position() + result.length());
                }
            } while (!result.isUnderflow());
            bytes.compact();
        }
        return faults > valid ? WINDOWS_1252 : StandardCharsets.UTF_8;
    }

    /// @return false at the end of the file
    private static boolean fill(ByteBuffer bytes, ReadableByteChannel file) throws IOException {
        int read;
        do {
            read = file.read(bytes);
        } while (read >= 0 && bytes.hasRemaining());
        return read >= 0;
    }

    /// Whether it begins with the byte order mark of UTF-8.
    private static boolean hasMark(ByteBuffer bytes) {
        int two = bytes.remaining() < 2 ? 0 : bytes.getShort(0) & 0xffff;
        if (two == 0xfffe || two == 0xfeff) {
            throw new Problem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "o arquivo é UTF-16; salve-o como CSV UTF-8",
                    List.of());
        }
        return two == 0xefbb && bytes.remaining() > 2 && bytes.get(2) == (byte) 0xbf;
    }

    private static long beyondAscii(CharBuffer text) {
        text.flip();
        long count = text.chars().filter(c -> c >= ASCII).count();
        text.clear();
        return count;
    }

    /// What Excel understands and some write before the header: `sep=;`.
    ///
    /// @return empty when the line is a header
    /// @throws Problem when it names another separator than those that are taken
    static Optional<Separator> told(String line) {
        var plain = line.strip().replace("\"", "");
        if (!plain.regionMatches(true, 0, TOLD, 0, TOLD.length())) {
            return Optional.empty();
        }
        var named = line.replace("\"", "").stripLeading().substring(TOLD.length());
        return Optional.of(Stream.of(Separator.values())
                .filter(separator -> !named.isEmpty() && named.charAt(0) == separator.character)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        HttpStatus.BAD_REQUEST,
                        "INVALID",
                        "sep= deve dizer vírgula, ponto e vírgula ou tabulação",
                        List.of())));
    }

    /// The one with which the header names most columns that there are; without any, the one that makes most of it.
    static Separator separatorOf(String header) {
        return Stream.of(Separator.values())
                .max(Comparator.comparingLong((Separator separator) -> CsvFormat.known(header, separator))
                        .thenComparingInt(separator -> header.split(String.valueOf(separator.character), -1).length)
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }
}
