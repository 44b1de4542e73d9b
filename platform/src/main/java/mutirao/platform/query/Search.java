package mutirao.platform.query;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Words as they are searched: without accents and case.
public final class Search {
    /// What the letters from `À` to `ÿ` are without accents and case.
    private static final String LATIN = "aaaaaaæceeeeiiiiðnooooo×øuuuuyþßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþy";

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Search() {}

    /// One text of all that can be searched for.
    public static String text(Stream<String> texts) {
        return texts.map(Search::plain).collect(Collectors.joining("\n"));
    }

    /// The words of a search, at most ten.
    static List<String> words(String typed) {
        return SPACES.splitAsStream(plain(typed))
                .filter(word -> !word.isEmpty())
                .limit(10)
                .toList();
    }

    /// The text without accents and case: two of them are equal when people would search for both with one word.
    public static String plain(String text) {
        var latin = latin(text);
        return latin != null ? latin : whole(text);
    }

    static String whole(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /// The same for a text of Latin-1 letters, as nearly all are, without the normaliser; null for others.
    private static @Nullable String latin(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < 0x80) {
                plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            } else if (c >= 'À' && c <= 'ÿ') {
                plain.append(LATIN.charAt(c - 'À'));
            } else {
                return null;
            }
        }
        return plain.toString();
    }
}
