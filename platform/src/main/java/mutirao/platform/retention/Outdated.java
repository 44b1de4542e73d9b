package mutirao.platform.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One kind of rows that are needed for a while only.
public interface Outdated {
    /// What they are, in the log.
    String name();

    /// How long they are kept.
    Duration kept();

    /// Goes through what is older than an instant, oldest first.
    Sweep before(Instant instant);

    /// A walk through the old rows, a batch at a time.
    @FunctionalInterface
    interface Sweep {
        /// Removes what may go of the next so many rows, in the running transaction.
        Batch next(int rows);
    }

    /// @param removed of the rows looked at
    /// @param last    whether there are no more
    record Batch(int removed, boolean last) {}

    /// Rows of which nothing but the age matters. What another process holds is left to the next time.
    ///
    /// @param time the column that says when they were written; with an index
    static Outdated rows(JdbcClient db, String name, Duration kept, String table, String time) {
        var delete =
                "delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s < ? order by %2$s limit ? for update skip locked))"
                        .formatted(table, time);
        return new Outdated() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration kept() {
                return kept;
            }

            @Override
            public Sweep before(Instant instant) {
                return rows -> {
                    var removed = db.sql(delete)
                            .params(OffsetDateTime.ofInstant(instant, ZoneOffset.UTC), rows)
                            .update();
                    return new Batch(removed, removed < rows);
                };
            }
        };
    }
}
