package mutirao.api;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What people read of a name, and when two names read the same (ADR 0034).
public final class Nome {
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\x85]+");
    private static final int NEXT_LINE = 0x85;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int KEYCAP = 0x20E3;

    /// Scripts in which a joiner between two letters changes how they are written.
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.NKO,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.TIBETAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER);

    private Nome() {}

    /// The name without what cannot be seen: control characters but white space, and Unicode's default ignorable
    /// ones (zero-width, bidirectional controls, fillers, tags). What shapes its neighbours stays where it does so:
    /// joiners between letters of scripts that have them and between emoji, variation selectors behind emoji and
    /// ideographs.
    public static String visivel(String name) {
        return name.codePoints().noneMatch(Nome::invisivel) ? name : semInvisiveis(name);
    }

    /// Two names are the same exactly when this of them is: case-folded after NFKC, without any that cannot be seen,
    /// white space collapsed.
    public static String chave(String name) {
        if (simples(name)) {
            return dobrado(name);
        }
        var seen = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !invisivel(c))
                .forEach(seen::appendCodePoint);
        var folded = Normalizer.normalize(dobrado(seen.toString()), Normalizer.Form.NFKC);
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    /// Lower case of upper case of lower case: so that what only one of the steps knows meets the others.
    private static String dobrado(String text) {
        return text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// As nearly all are: letters of Latin-1 and single spaces between them, none of which has another form.
    static boolean simples(String name) {
        var space = true;
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c == ' ' ? space : c < '!' || (c > '~' && (c < '\u00c0' || c > '\u00ff'))) {
                return false;
            }
            space = c == ' ';
        }
        return !space;
    }

    private static String semInvisiveis(String name) {
        var seen = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); ) {
            var c = name.codePointAt(i);
            i += Character.charCount(c);
            if (!invisivel(c) || molda(seen, c, i < name.length() ? name.codePointAt(i) : ' ')) {
                seen.appendCodePoint(c);
            }
        }
        return seen.toString();
    }

    /// Whether something invisible shapes what stands around it.
    private static boolean molda(StringBuilder before, int c, int after) {
        if (before.isEmpty()) {
            return false;
        }
        var last = before.codePointBefore(before.length());
        if (seletor(c)) {
            return after == KEYCAP || emoji(last) || Character.isIdeographic(last);
        }
        if (c != JOINER && c != NON_JOINER) {
            return false;
        }
        var letters = JOINED.contains(UnicodeScript.of(last)) && JOINED.contains(UnicodeScript.of(after));
        return letters || (c == JOINER && (emoji(last) || seletor(last)) && emoji(after));
    }

    /// Digits and the like are emoji to Unicode, for the sake of keycaps.
    private static boolean emoji(int c) {
        return c > '\u00ff' && Character.isEmoji(c);
    }

    private static boolean seletor(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    }

    /// Unicode's Default_Ignorable_Code_Point, and controls that are no white space.
    private static boolean invisivel(int c) {
        if (c < 0xAD) {
            return Character.isISOControl(c) && (c < '\t' || c > '\r') && c != NEXT_LINE;
        }
        return switch (c >> 4) {
            case 0x0A -> c == 0xAD;
            case 0x34 -> c == 0x34F;
            case 0x61 -> c == 0x61C;
            case 0x115, 0x116 -> c == 0x115F || c == 0x1160;
            case 0x17B -> c == 0x17B4 || c == 0x17B5;
            case 0x180 -> c >= 0x180B;
            case 0x200 -> c >= 0x200B;
            case 0x202 -> c >= 0x202A && c <= 0x202E;
            case 0x206 -> true;
            case 0x316 -> c == 0x3164;
            case 0xFE0 -> true;
            case 0xFEF -> c == 0xFEFF;
            case 0xFFA -> c == 0xFFA0;
            case 0xFFF -> c <= 0xFFFB;
            case 0x1BCA -> c <= 0x1BCA3;
            case 0x1D17 -> c >= 0x1D173 && c <= 0x1D17A;
            default -> c >= 0xE0000 && c <= 0xE0FFF;
        };
    }
}
