package mutirao.platform.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Serving;
import mutirao.platform.projection.Table;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The reading of one projection's table: one row, or pages of filtered rows walked by key, so that rows that come and
/// go in between neither repeat nor hide others. Immutable; [#select] begins a list.
public final class Listing<R extends Record> {
    /// SQL: how many kilometres a row's derived columns `latitude` and `longitude` are from a place, on a sphere of
    /// 6,371 km; half the way round it for a row without them (`least` passes over nulls). Its parameters: the
    /// place's latitude, twice, and its longitude.
    public static final String DISTANCE_KM =
            "2 * 6371 * asin(least(1, sqrt(power(sin(radians(latitude - ?) / 2), 2) + cos(radians(latitude))"
                    + " * cos(radians(?)) * power(sin(radians(longitude - ?) / 2), 2))))";

    private final JdbcClient db;
    private final Serving serving;
    private final Table<R> table;
    private final Rows<R> rows;
    private final Map<String, Sort> sorts = new LinkedHashMap<>();

    /// An order.
    ///
    /// @param expression what is sorted by, never null
    /// @param type       its PostgreSQL type
    private record Sort(String expression, String type) {}

    /// @param table whose key is a UUID column `id`; sorted by `createdAt`, newest first, unless asked otherwise
    public Listing(JdbcClient db, Serving serving, Table<R> table) {
        this.db = db;
        this.serving = serving;
        this.table = table;
        this.rows = new Rows<>(table);
        sort("createdAt", "created_at", "timestamptz");
    }

    /// Lets clients sort by one more field. Part of the set-up, not thread-safe.
    ///
    /// @param expression SQL, never null
    /// @param type       its PostgreSQL type
    public Listing<R> sort(String field, String expression, String type) {
        sorts.put(field, new Sort(expression, type));
        return this;
    }

    /// The row of that id.
    public Optional<R> find(UUID id) {
        return db.sql("select " + rows.columns() + " from " + serving.from(table) + " where id = ?")
                .param(id)
                .query((row, _) -> rows.read(row))
                .optional();
    }

    /// Begins a list.
    public Select select() {
        return new Select();
    }

    /// A list being put together.
    public final class Select {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        private Select() {}

        /// Only rows for which this holds; a null parameter means no filter.
        ///
        /// @param condition SQL with one `?`
        public Select where(String condition, @Nullable Object parameter) {
            if (parameter != null) {
                conditions.add(condition);
                parameters.add(parameter instanceof Enum<?> constant ? constant.name() : parameter);
            }
            return this;
        }

        /// Only rows whose derived column `search` contains every word; null for all.
        public Select search(@Nullable String words) {
            if (words != null) {
                for (var word : Search.words(words)) {
                    where(
                            "search like ?",
                            "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
                }
            }
            return this;
        }

        /// Only rows whose derived columns `latitude` and `longitude` lie in a circle; null for all.
        public Select near(@Nullable Perto circle) {
            if (circle != null) {
                // The distance stands behind a box that an index can serve.
                var box = Math.toDegrees(circle.radiusKm() / 6371.0);
                where("latitude >= ?", circle.latitude() - box);
                where("latitude <= ?", circle.latitude() + box);
                conditions.add(DISTANCE_KM + " <= ?");
                parameters.addAll(List.of(circle.latitude(), circle.latitude(), circle.longitude(), circle.radiusKm()));
            }
            return this;
        }

        /// The page that was asked for.
        ///
        /// @throws Problem for an unknown `sort` or a cursor that is none of this list's
        public Page<R> page(PageRequest request) {
            var asked = request.sort() == null ? "-createdAt" : request.sort();
            var descending = asked.startsWith("-");
            var sort = sorts.get(descending ? asked.substring(1) : asked);
            if (sort == null) {
                throw Problem.invalid("sort", "um de " + sorts.keySet() + ", com - na frente para o inverso");
            }
            var cursor = Cursor.decode(request.cursor(), asked);
            if (cursor != null) {
                conditions.add("(" + sort.expression + ", id) " + (descending ? "<" : ">") + " (?::" + sort.type
                        + ", ?::uuid)");
                parameters.add(cursor.value());
                parameters.add(cursor.key());
            }
            return read(request.limit(), asked, sort, descending ? " desc" : "");
        }

        private Page<R> read(int limit, String asked, Sort sort, String direction) {
            var sql = "select " + rows.columns() + ", (" + sort.expression + ")::text as sort_value from "
                    + serving.from(table)
                    + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                    + " order by " + sort.expression + direction + ", id" + direction + " limit " + (limit + 1);
            record Found<R>(R row, Cursor cursor) {}
            List<Found<R>> found;
            try {
                found = db.sql(sql)
                        .params(parameters)
                        .query((row, _) -> new Found<>(rows.read(row), cursor(asked, row)))
                        .list();
            } catch (DataAccessException e) {
                if (e.getRootCause() instanceof SQLException sqlError
                        && String.valueOf(sqlError.getSQLState()).startsWith("22")) {
                    throw Cursor.invalid(); // the one thing in the statement that a client wrote
                }
                throw e;
            }
            var more = found.size() > limit;
            var shown = more ? found.subList(0, limit) : found;
            return new Page<>(
                    shown.stream().map(Found::row).toList(),
                    more ? shown.getLast().cursor().encode() : null);
        }

        private Cursor cursor(String asked, ResultSet row) throws SQLException {
            return new Cursor(asked, row.getString("sort_value"), row.getString("id"));
        }
    }
}
