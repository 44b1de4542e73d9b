package mutirao.benchmark;

import java.util.List;
import java.util.Locale;

/// A bar chart of how each ratio stands against its bar, on a logarithmic scale whose middle is the bar.
final class Plot {
    private static final int WIDTH = 960;
    private static final int LEFT = 400;
    private static final int RIGHT = 150;
    private static final int ROW = 24;
    private static final int TOP = 64;

    private Plot() {}

    /// An SVG document.
    static String of(List<Figure> figures) {
        var barred = figures.stream().filter(figure -> figure.bar() != null).toList();
        var decades = Math.max(
                1,
                Math.ceil(barred.stream()
                        .mapToDouble(figure -> Math.abs(Math.log10(figure.margin())))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(1)));
        var bottom = TOP + barred.size() * ROW;
        var svg = new StringBuilder();
        svg.append(text("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="16" y="24" font-size="16" font-weight="bold">Each ratio against its bar</text>
                <text x="16" y="44" fill="#555555">longer to the right is better; right of the line, the bar is met</text>
                """, WIDTH, bottom + 32));
        for (int decade = (int) -decades; decade <= decades; decade++) {
            var x = x(decade, decades);
            svg.append(text(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>\n",
                    x, TOP - 6, x, bottom, decade == 0 ? "#000000" : "#dddddd"));
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">%s</text>\n",
                    x, bottom + 18, decade == 0 ? "bar" : label(decade)));
        }
        for (int i = 0; i < barred.size(); i++) {
            svg.append(row(barred.get(i), TOP + i * ROW, decades));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String label(int decade) {
        return decade > 0 ? Figure.number(Math.pow(10, decade)) + "×" : "1/" + Figure.number(Math.pow(10, -decade));
    }

    private static String row(Figure figure, int y, double decades) {
        var met = figure.verdict().equals("MET");
        var middle = x(0, decades);
        var end = x(Double.isFinite(figure.margin()) ? Math.log10(figure.margin()) : -decades, decades);
        return text(
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>
                <text x="%d" y="%d" fill="%s">%s× (%s) %s</text>
                """,
                LEFT - 10,
                y + 16,
                escaped(figure.section() + "  " + figure.name()),
                Math.min(middle, end),
                y + 4,
                Math.max(1.0, Math.abs(end - middle)),
                ROW - 8,
                met ? "#2b7a4b" : "#c0392b",
                WIDTH - RIGHT + 8,
                y + 16,
                met ? "#2b7a4b" : "#c0392b",
                Figure.number(figure.ratio()),
                escaped(String.valueOf(figure.bar())),
                met ? "✓" : "✗");
    }

    private static double x(double log, double decades) {
        return LEFT + (log + decades) / (2 * decades) * (WIDTH - LEFT - RIGHT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is not on the class path
    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
