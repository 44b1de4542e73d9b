package mutirao.platform.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;

/// Where a page ended: the last row's sort value and key, as PostgreSQL writes them, and the order they belong to.
record Cursor(String sort, String value, String key) {
    private static final Pattern PARTS = Pattern.compile("([^\u001f]*)\u001f([^\u001f]*)\u001f([^\u001f]*)");

    String encode() {
        var text = sort + "\u001f" + value + "\u001f" + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws Problem when it is none of ours, or of another order
    static @Nullable Cursor decode(@Nullable String text, String sort) {
        if (text == null) {
            return null;
        }
        try {
            var parts = PARTS.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (parts.matches() && parts.group(1).equals(sort)) {
                return new Cursor(sort, parts.group(2), parts.group(3));
            }
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        throw invalid();
    }

    static Problem invalid() {
        return Problem.invalid("cursor", "não é o next de uma página desta lista nesta ordem");
    }
}
