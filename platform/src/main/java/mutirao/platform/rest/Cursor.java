package mutirao.platform.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page ended, opaque to clients: the last row's sort value and key, as text, and the order they belong to.
public record Cursor(String sort, String value, String key) {
    private static final Pattern PARTS = Pattern.compile("([^\u001f]*)\u001f([^\u001f]*)\u001f([^\u001f]*)");

    /// Where a page of a list ended that is walked by one number.
    ///
    /// @param list whose it is, so that another's is refused
    public static String at(String list, long place) {
        return new Cursor(list, String.valueOf(place), "").encode();
    }

    /// The number that [#at] wrote.
    ///
    /// @throws Problem when it is none
    public long place() {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException _) {
            throw invalid();
        }
    }

    /// As it is written in a `next`.
    public String encode() {
        var text = sort + "\u001f" + value + "\u001f" + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads one of any of these orders.
    ///
    /// @return null for the first page
    /// @throws Problem when it is none of ours, or of another order
    public static @Nullable Cursor of(@Nullable String text, String... sorts) {
        if (text == null) {
            return null;
        }
        try {
            var parts = PARTS.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (parts.matches() && List.of(sorts).contains(parts.group(1))) {
                return new Cursor(parts.group(1), parts.group(2), parts.group(3));
            }
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        throw invalid();
    }

    /// What is refused.
    public static Problem invalid() {
        return Problem.invalid("cursor", "não é o next de uma página desta lista nesta ordem");
    }
}
