package mutirao.benchmark;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A pair that was measured in one run, and their ratio.
///
/// @param section  a letter
/// @param ours     the program's
/// @param baseline what it is compared with
/// @param against  what that is
/// @param bar      what the ratio has to be; null where there is nothing to pass
/// @param note     counts, percentiles, conditions
record Figure(
        String section,
        String name,
        double ours,
        double baseline,
        String unit,
        String against,
        @Nullable Bar bar,
        String note) {

    /// @param atLeast whether the ratio may not be lower, else not higher
    record Bar(double limit, boolean atLeast) {
        static Bar atLeast(double limit) {
            return new Bar(limit, true);
        }

        static Bar atMost(double limit) {
            return new Bar(limit, false);
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + number(limit) + "×";
        }
    }

    /// Ours divided by the baseline's.
    double ratio() {
        return ours / baseline;
    }

    /// `MET`, `NOT MET`, `NOT MEASURED` where there was nothing to divide by, or empty where there is no bar.
    String verdict() {
        if (bar == null) {
            return "";
        }
        if (!Double.isFinite(ratio())) {
            return "NOT MEASURED";
        }
        return (bar.atLeast() ? ratio() >= bar.limit() : ratio() <= bar.limit()) ? "MET" : "NOT MET";
    }

    /// How much better than its bar, 1 being the bar; NaN without one.
    double margin() {
        if (bar == null) {
            return Double.NaN;
        }
        return bar.atLeast() ? ratio() / bar.limit() : bar.limit() / ratio();
    }

    /// Three digits or so.
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        if (Math.abs(value) >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
