package mutirao.benchmark;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mutirao.api.Actors;
import mutirao.benchmark.Figure.Bar;
import mutirao.benchmark.Server.Database;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// (e) `GET /api/necessidades` among a million rows, the first page and one half a million rows further on, against the
/// same rows by the same keyset query over JDBC. One connection each, taken in turns.
final class Pages {
    private static final String PATH = "/api/necessidades?limit=";
    private static final int LIMIT = 50;
    private static final int STRIDE = 200;
    /// The reads of the program are one organization's too.
    private static final String OWN = "organization_id = '" + Actors.ORGANIZATION + "'";

    private static final String ORDER = " order by created_at desc, id desc limit " + (LIMIT + 1);

    private final Lab lab;
    private final int rows;
    private final int times;

    private Pages(Lab lab) {
        this.lab = lab;
        this.rows = lab.options.amount(1_000_000, 100_000, 2_000);
        this.times = lab.options.amount(500, 100, 4);
    }

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        new Pages(lab).run();
    }

    private void run() throws IOException, SQLException, InterruptedException {
        var database = lab.flood();
        try (var program = lab.program.queries(database);
                var http = program.http();
                var connection = database.connect()) {
            fill(database, http);
            var last = walk(http);
            var cursor = URLEncoder.encode(last.get("next").asString(), StandardCharsets.UTF_8);
            var item = last.get("items").get(last.get("items").size() - 1);
            measure(http, connection, cursor, item);
        }
    }

    /// Makes the table as large as it has to be out of copies of its own rows.
    private void fill(Database database, Http http) throws IOException, SQLException, InterruptedException {
        if (database.number("select count(*) from necessidade_v2") == 0) {
            rebuild(http);
        }
        var columns = "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns"
                + " where table_schema = 'public' and table_name = 'necessidade_v2'";
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var names = statement.executeQuery(columns)) {
            names.next();
            var all = names.getString(1);
            var copied = all.replaceFirst("\\bid\\b", "gen_random_uuid()")
                    .replaceFirst("\\bcreated_at\\b", "created_at - random() * interval '400 days'");
            var have = (long) database.number("select count(*) from necessidade_v2");
            if (have < rows) {
                database.execute("insert into necessidade_v2 (" + all + ") select " + copied + " from necessidade_v2,"
                        + " generate_series(1, " + (rows / have + 1) + ") limit " + (rows - have));
            }
        }
        database.execute("vacuum analyze necessidade_v2");
    }

    private static void rebuild(Http http) throws IOException, InterruptedException {
        var path = "/api/projecoes/necessidade/reconstrucao";
        var until = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        http.post(path, "").with(202);
        while (http.get(path).with(200).json().get("state").asString().equals("RUNNING")) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the rebuild took more than 10 minutes");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /// Half-way into the list, page by page as a client goes, since a cursor is the program's own matter.
    private JsonNode walk(Http http) throws IOException {
        var page = http.get(PATH + STRIDE).with(200).json();
        for (int seen = STRIDE; seen < rows / 2; seen += STRIDE) {
            var cursor = URLEncoder.encode(page.get("next").asString(), StandardCharsets.UTF_8);
            page = http.get(PATH + STRIDE + "&cursor=" + cursor).with(200).json();
        }
        return page;
    }

    private void measure(Http http, Connection connection, String cursor, JsonNode item)
            throws IOException, SQLException {
        var first = Http.request("GET", PATH + LIMIT, "");
        var deep = Http.request("GET", PATH + LIMIT + "&cursor=" + cursor, "");
        var firstHttp = new Nanos();
        var deepHttp = new Nanos();
        var firstSql = new Nanos();
        var deepSql = new Nanos();
        try (var top = connection.prepareStatement("select * from necessidade_v2 where " + OWN + ORDER);
                var far = connection.prepareStatement("select * from necessidade_v2 where " + OWN
                        + " and (created_at, id) < (?::timestamptz, ?::uuid)" + ORDER)) {
            far.setString(1, item.get("createdAt").asString());
            far.setString(2, item.get("id").asString());
            for (int i = -times / 4; i < times; i++) {
                var keep = i >= 0;
                timed(keep, firstHttp, () -> http.send(first).with(200).body().length);
                timed(keep, firstSql, () -> read(top));
                timed(keep, deepHttp, () -> http.send(deep).with(200).body().length);
                timed(keep, deepSql, () -> read(far));
            }
        }
        var where = "%,d rows, pages of %d".formatted(rows, LIMIT);
        add("first page", firstHttp, firstSql, "the same SQL by JDBC", null, where);
        add("deep page", deepHttp, deepSql, "the same SQL by JDBC", Bar.atMost(1.5), "%,d rows in".formatted(rows / 2));
        add("deep page", deepHttp, firstHttp, "first page", null, "");
    }

    private void add(String name, Nanos ours, Nanos theirs, String against, @Nullable Bar bar, String note) {
        var tail = "p99 %.1f against %.1f ms; ".formatted(ours.millis(0.99), theirs.millis(0.99));
        lab.report.add(
                new Figure("e", name + ", p50", ours.millis(0.5), theirs.millis(0.5), "ms", against, bar, tail + note));
    }

    private interface Work {
        int run() throws IOException, SQLException;
    }

    private static void timed(boolean keep, Nanos into, Work work) throws IOException, SQLException {
        var begin = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException("an empty page");
        }
        if (keep) {
            into.add(System.nanoTime() - begin);
        }
    }

    /// Every column, as a client that shows them must.
    private static int read(PreparedStatement select) throws SQLException {
        var length = 0;
        try (var found = select.executeQuery()) {
            var columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                for (int i = 1; i <= columns; i++) {
                    var value = found.getString(i);
                    length += value == null ? 0 : value.length();
                }
            }
        }
        return length;
    }
}
