package mutirao.platform.query;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words as they are searched: without accents and case.
public final class Search {
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
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
