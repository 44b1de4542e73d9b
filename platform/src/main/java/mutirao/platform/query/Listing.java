package mutirao.platform.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Serving;
import mutirao.platform.projection.Table;
import mutirao.platform.rest.Cursor;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The reading of one projection's table: one row, or pages of filtered rows walked by key, so that rows that come and
/// go in between neither repeat nor hide others. Immutable; [#select] begins a list.
public final class Listing<R extends Record> {
    /// SQL: what holds for every row.
    public static final String EVERYBODY = "true";

    private final JdbcClient db;
    private final Supplier<String> from;
    private final Rows<R> rows;
    private final Map<String, Sort> sorts = new LinkedHashMap<>();
    private Supplier<String> shown = () -> EVERYBODY;
    private Veil<R> veil = Veil.none();

    /// SQL: how many kilometres two columns are from a place, on a sphere of 6,371 km; half the way round it for a row
    /// without them (`least` passes over nulls). Its parameters: the place's latitude, twice, and its longitude.
    public static String distanceKm(String latitude, String longitude) {
        return "2 * 6371 * asin(least(1, sqrt(power(sin(radians(" + latitude + " - ?) / 2), 2) + cos(radians("
                + latitude + ")) * cos(radians(?)) * power(sin(radians(" + longitude + " - ?) / 2), 2))))";
    }

    /// An order.
    ///
    /// @param expression what is sorted by, never null
    /// @param type       its PostgreSQL type
    private record Sort(String expression, String type) {}

    /// @param table whose key is a UUID column `id`; sorted by `createdAt`, newest first, unless asked otherwise
    public Listing(JdbcClient db, Serving serving, Table<R> table) {
        this(db, () -> serving.from(table), table);
    }

    private Listing(JdbcClient db, Supplier<String> from, Table<R> table) {
        this.db = db;
        this.from = from;
        this.rows = new Rows<>(table);
        sort("createdAt", "created_at", "timestamptz");
    }

    /// The same of every organization's rows, for what is everybody's to read. `ArquiteturaTest` names who may call
    /// this.
    public static <R extends Record> Listing<R> ofEveryOrganization(JdbcClient db, Serving serving, Table<R> table) {
        return new Listing<>(db, () -> serving.fromEveryOrganization(table), table);
    }

    /// Lets clients sort by one more field. Part of the set-up, not thread-safe.
    ///
    /// @param expression SQL, never null
    /// @param type       its PostgreSQL type
    public Listing<R> sort(String field, String expression, String type) {
        sorts.put(field, new Sort(expression, type));
        return this;
    }

    /// Leaves out rows that the current actor may not see. Part of the set-up, not thread-safe.
    ///
    /// @param condition SQL without parameters, asked for with every read
    public Listing<R> only(Supplier<String> condition) {
        shown = condition;
        return this;
    }

    /// Shows only the outline of rows that the current actor need not know whole. Part of the set-up, not thread-safe.
    public Listing<R> veiled(Veil<R> with) {
        veil = with;
        return this;
    }

    /// The row of that id.
    public Optional<R> find(UUID id) {
        var whole = veil.whole();
        return db.sql("select " + rows.columns() + ", " + whole + " as whole from " + from.get() + " where id = ? and "
                        + shown.get())
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    private R read(ResultSet row) throws SQLException {
        var found = rows.read(row);
        return row.getBoolean("whole") ? found : veil.outline(found);
    }

    /// Begins a list.
    public Select select() {
        return new Select();
    }

    /// A list being put together.
    public final class Select {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();
        private final String whole = veil.whole();

        private Select() {
            var condition = shown.get();
            if (!condition.equals(EVERYBODY)) {
                conditions.add(condition);
            }
        }

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

        /// Only rows whose derived column `search` contains every word, or `item_keys` where only the outline is shown;
        /// null for all.
        public Select search(@Nullable String words) {
            if (words != null) {
                for (var word : Search.words(words)) {
                    where(
                            veil.search(whole) + " like ?",
                            "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
                }
            }
            return this;
        }

        /// Only rows whose derived columns `latitude` and `longitude`, as they are shown, lie in a circle; null for
        /// all.
        public Select near(@Nullable Perto circle) {
            if (circle != null) {
                // The distance stands behind a box that an index can serve.
                var box = Math.toDegrees(circle.radiusKm() / 6371.0) + Veil.ROUNDED_BY;
                where("latitude >= ?", circle.latitude() - box);
                where("latitude <= ?", circle.latitude() + box);
                conditions.add(distanceKm(veil.latitude(whole), veil.longitude(whole)) + " <= ?");
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
            var cursor = Cursor.of(request.cursor(), asked);
            if (cursor != null) {
                conditions.add("(" + sort.expression + ", id) " + (descending ? "<" : ">") + " (?::" + sort.type
                        + ", ?::uuid)");
                parameters.add(cursor.value());
                parameters.add(cursor.key());
            }
            return read(request.limit(), asked, sort, descending ? " desc" : "");
        }

        private Page<R> read(int limit, String asked, Sort sort, String direction) {
            var sql = "select " + rows.columns() + ", " + whole + " as whole, (" + sort.expression
                    + ")::text as sort_value from " + from.get()
                    + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                    + " order by " + sort.expression + direction + ", id" + direction + " limit " + (limit + 1);
            record Found<R>(R row, Cursor cursor) {}
            List<Found<R>> found;
            try {
                found = db.sql(sql)
                        .params(parameters)
                        .query((row, _) -> new Found<>(Listing.this.read(row), cursor(asked, row)))
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
