package mutirao.platform.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How a rebuilt table differs from the one that serves.
///
/// @param total     differing rows
/// @param missing   rows that only the serving table has
/// @param extra     rows that only the rebuilt table has
/// @param different rows that both have, with other values
/// @param columns   in how many of the latter each column differs; only columns that do
/// @param sample    up to 20 of the differing rows, in the order of their keys
public record Differences(
        long total, long missing, long extra, long different, Map<String, Long> columns, List<Row> sample) {
    private static final int SAMPLE = 20;

    /// How one row differs.
    public enum Kind {
        MISSING,
        EXTRA,
        DIFFERENT
    }

    /// A differing row.
    ///
    /// @param columns that differ; empty unless it is [Kind#DIFFERENT]
    public record Row(String key, Kind kind, List<String> columns) {}

    /// Compares two tables, as the running transaction sees them.
    ///
    /// @param columns the ones that both have, with the key
    static Differences between(JdbcClient db, String serving, String rebuilt, String key, List<String> columns) {
        var from = " from " + serving + " a full join " + rebuilt + " b on a." + key + " = b." + key + " where ("
                + prefixed("a", columns) + ") is distinct from (" + prefixed("b", columns) + ")";
        var missing = "b." + key + " is null";
        var extra = "a." + key + " is null";
        var differing = columns.stream()
                .map(column -> "a." + key + " = b." + key + " and a." + column + " is distinct from b." + column)
                .toList();
        var counts = db.sql(Stream.concat(Stream.of("true", missing, extra), differing.stream())
                        .map(condition -> "count(*) filter (where " + condition + ")")
                        .collect(Collectors.joining(", ", "select ", from)))
                .query((row, _) -> {
                    var numbers = new ArrayList<Long>();
                    for (int i = 1; i <= columns.size() + 3; i++) {
                        numbers.add(row.getLong(i));
                    }
                    return numbers;
                })
                .single();
        var byColumn = new TreeMap<String, Long>();
        for (int i = 0; i < columns.size(); i++) {
            if (counts.get(i + 3) > 0) {
                byColumn.put(columns.get(i), counts.get(i + 3));
            }
        }
        var total = counts.get(0);
        var sample = total == 0
                ? List.<Row>of()
                : db.sql(differing.stream()
                                .collect(Collectors.joining(
                                        ", ",
                                        "select coalesce(a." + key + ", b." + key + ")::text, " + missing + ", " + extra
                                                + ", ",
                                        from + " order by coalesce(a." + key + ", b." + key + ") limit " + SAMPLE)))
                        .query((row, _) -> row(row, columns))
                        .list();
        var different = total - counts.get(1) - counts.get(2);
        return new Differences(total, counts.get(1), counts.get(2), different, byColumn, sample);
    }

    private static Row row(ResultSet row, List<String> columns) throws SQLException {
        var key = row.getString(1);
        if (row.getBoolean(2)) {
            return new Row(key, Kind.MISSING, List.of());
        }
        if (row.getBoolean(3)) {
            return new Row(key, Kind.EXTRA, List.of());
        }
        var differing = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            if (row.getBoolean(i + 4)) {
                differing.add(columns.get(i));
            }
        }
        return new Row(key, Kind.DIFFERENT, differing);
    }

    private static String prefixed(String alias, List<String> columns) {
        return columns.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }
}
