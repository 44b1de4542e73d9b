package mutirao.api;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.util.List;
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

    /// As they are recorded: of names and units what can be seen, units in their plain form (NFKC). Not done by the
    /// constructor, since what was recorded before is read as it is.
    public static List<Item> visiveis(List<Item> items) {
        return items.stream()
                .map(item -> new Item(
                        Nome.visivel(item.item),
                        item.quantity,
                        Normalizer.normalize(Nome.visivel(item.unit), Normalizer.Form.NFKC)))
                .toList();
    }

    /// Two spellings are the same line when they read the same, see [Nome#chave(String)].
    public String key() {
        return key(item);
    }

    /// The identity of an item's name.
    public static String key(String item) {
        return Nome.chave(item);
    }

    /// What identified a line before [Nome#chave(String)] did: NFC and case. Two lines of an old need or offer may
    /// differ in this only.
    static String oldKey(String item) {
        return spelling(item).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// The name as it is kept: NFC, trimmed, spaces collapsed.
    public static String spelling(String item) {
        if (Nome.simples(item)) {
            return item;
        }
        return SPACES.matcher(Normalizer.normalize(item, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }
}
