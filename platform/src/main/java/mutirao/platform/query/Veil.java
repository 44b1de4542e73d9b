package mutirao.platform.query;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Which rows of a table the current actor sees whole; of the others it sees an outline, and finds them by no more than
/// that: searched by `item_keys` instead of `search`, and compared with the rounded place. Immutable.
///
/// @param <R> the rows
public final class Veil<R> {
    /// To how many decimals the degrees of a place are rounded: 0.01 degrees are about 1.1 km.
    private static final int DECIMALS = 2;

    /// How far, in degrees, a rounded place may be from the exact one, and a little more.
    static final double ROUNDED_BY = 0.0051;

    private final Supplier<String> whole;
    private final UnaryOperator<R> outline;

    /// @param whole   SQL without parameters, asked for with every read: which rows are seen whole
    /// @param outline what is seen of the others
    public Veil(Supplier<String> whole, UnaryOperator<R> outline) {
        this.whole = whole;
        this.outline = outline;
    }

    /// SQL: some constants, for `in (...)`.
    public static String names(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(constant -> "'" + constant.name() + "'").collect(Collectors.joining(", "));
    }

    static <R> Veil<R> none() {
        return new Veil<>(() -> Listing.EVERYBODY, row -> row);
    }

    /// SQL: whether the current actor sees a row whole.
    public String whole() {
        return "(" + whole.get() + ")";
    }

    /// What is seen of a row that is not seen whole.
    public R outline(R row) {
        return outline.apply(row);
    }

    /// SQL: the latitude that is shown.
    ///
    /// @param whole what [#whole] said
    public String latitude(String whole) {
        return shown(whole, "latitude", rounded("latitude"));
    }

    /// SQL: the longitude that is shown.
    ///
    /// @param whole what [#whole] said
    public String longitude(String whole) {
        return shown(whole, "longitude", rounded("longitude"));
    }

    String search(String whole) {
        return shown(whole, "search", "item_keys");
    }

    private static String shown(String whole, String exact, String otherwise) {
        return whole.equals("(" + Listing.EVERYBODY + ")")
                ? exact
                : "case when " + whole + " then " + exact + " else " + otherwise + " end";
    }

    /// As `Local.aproximado` rounds.
    private static String rounded(String column) {
        return "round(" + column + "::numeric, " + DECIMALS + ")::double precision";
    }
}
