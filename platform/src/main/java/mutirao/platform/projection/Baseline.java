package mutirao.platform.projection;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a rebuilt table is compared with.
///
/// @param table    its name
/// @param follower whose row tells its position
record Baseline(String table, String follower) {
    /// Where it stands.
    long position(JdbcClient db) {
        return db.sql("select position from follower where name = ?")
                .param(follower)
                .query(Long.class)
                .single();
    }

    /// Those of some columns that it has: another version's may have others.
    List<String> columns(JdbcClient db, List<String> of) {
        var there = db.sql(
                        "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped")
                .param(table)
                .query(String.class)
                .list();
        return of.stream().filter(there::contains).toList();
    }
}
