package mutirao.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// So much of something: a line of a need or an offer as it was asked for or published.
///
/// @param item     what, as typed; [#key] identifies it within its need or offer
/// @param quantity whole units, 1 to [Quantia#MAX]
/// @param unit     the unit's name (`kg`, `caixa`, `unidade`)
public record Item(
        @NotNull @Visivel @Size(max = MAX_NAME) String item,
        @Min(1) @Max(Quantia.MAX) long quantity,
        @NotNull @Visivel @Size(max = MAX_UNIT) String unit) {
    /// The longest name of an item.
    public static final int MAX_NAME = 200;

    private static final int MAX_UNIT = 40;
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /// Units are compared, so they are kept in one spelling.
    public Item {
        unit = unit == null ? unit : spelling(unit);
    }

    /// Two spellings are the same line when they agree after NFC, trimming, collapsing of spaces and case-folding.
    public String key() {
        return key(item);
    }

    /// The identity of an item's name. Upper before lower case folds what lower case alone keeps apart (`ß`, `ς`).
    public static String key(String item) {
        return spelling(item).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// The name as it is kept: NFC, trimmed, spaces collapsed.
    public static String spelling(String item) {
        if (kept(item)) {
            return item;
        }
        return SPACES.matcher(Normalizer.normalize(item, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }

    /// Whether it is plainly as it is kept, as nearly all are: letters of Latin-1 and single spaces between them.
    private static boolean kept(String item) {
        var space = true;
        for (int i = 0; i < item.length(); i++) {
            var c = item.charAt(i);
            if (c == ' ' ? space : c < '!' || (c > '~' && (c < 'À' || c > 'ÿ'))) {
                return false;
            }
            space = c == ' ';
        }
        return !space;
    }
}
