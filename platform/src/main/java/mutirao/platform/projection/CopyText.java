package mutirao.platform.projection;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Rows in the text format of PostgreSQL's `COPY`: values between tabs, `\N` for null, backslash escapes.
final class CopyText {
    private static final int CHUNK = 1 << 16;

    private final StringBuilder text = new StringBuilder(CHUNK + (CHUNK >> 2));
    private boolean first = true;

    /// Adds a value to the row.
    void value(@Nullable Object value) {
        if (!first) {
            text.append('\t');
        }
        first = false;
        if (value == null) {
            text.append("\\N");
        } else {
            var string = value.toString();
            if (plain(string)) {
                text.append(string);
            } else {
                escape(string);
            }
        }
    }

    /// Nearly every value is: searched and appended whole, not character by character.
    private static boolean plain(String value) {
        return value.indexOf('\\') < 0 && value.indexOf('\t') < 0 && value.indexOf('\n') < 0 && value.indexOf('\r') < 0;
    }

    private void escape(String value) {
        var from = 0;
        for (int i = 0; i < value.length(); i++) {
            var escaped = switch (value.charAt(i)) {
                case '\\' -> "\\\\";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                default -> null;
            };
            if (escaped != null) {
                text.append(value, from, i).append(escaped);
                from = i + 1;
            }
        }
        text.append(value, from, value.length());
    }

    void endRow() {
        text.append('\n');
        first = true;
    }

    /// Whether it is worth sending.
    boolean full() {
        return text.length() >= CHUNK;
    }

    /// Sends what there is, and begins anew.
    void writeTo(CopyIn copy) throws SQLException {
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }
}
