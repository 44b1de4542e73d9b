package mutirao.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/// (g) What an event takes on disk, against the JSON it says.
final class Bytes {
    private Bytes() {}

    static void run(Lab lab) throws IOException, SQLException, InterruptedException {
        var database = lab.flood();
        var count = database.number("select count(*) from domain_event");
        var table = database.number("select pg_table_size('domain_event')") / count;
        var indexes = database.number("select pg_indexes_size('domain_event')") / count;
        var payload = database.number("select avg(octet_length(payload::text)) from domain_event");
        var metaData = database.number("select avg(octet_length(meta_data::text)) from domain_event");
        var json = "payload and metadata as text";
        var note = "payload %.0f, metadata %.0f bytes on average, %,.0f events".formatted(payload, metaData, count);
        var text = payload + metaData;
        lab.report.add(new Figure("g", "an event with its indexes", table + indexes, text, "bytes", json, null, note));
        lab.report.add(new Figure("g", "its row alone", table, text, "bytes", json, null, ""));
        lab.report.add(new Figure(
                "g", "its index entries alone", indexes, text, "bytes", json, null, "position, event id, aggregate"));
    }
}
