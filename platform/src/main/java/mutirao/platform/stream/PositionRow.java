package mutirao.platform.stream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A follower's row in the database: how far it has read, and whether it goes on. The lock on it decides which of
/// several processes does the next batch.
public final class PositionRow {
    private final JdbcClient db;
    private final String name;

    PositionRow(JdbcClient db, String name) {
        this.db = db;
        this.name = name;
    }

    /// What it says.
    ///
    /// @param state  LIVE, PAUSED at an event the follower does not know, or BUILDING until it has been put at a
    ///               position
    /// @param detail what it is paused at
    public record Status(
            long position, String state, @Nullable String detail) {}

    /// What it says to a batch.
    ///
    /// @param building whether it waits to be put at a position
    /// @param parked   whether events of it wait in the dead letters
    record Place(long position, boolean building, boolean parked) {}

    Status status() {
        return db.sql("select position, state, detail from follower where name = ?")
                .param(name)
                .query(Status.class)
                .optional()
                .orElse(new Status(0, "LIVE", null));
    }

    /// Makes it, unless it is there.
    ///
    /// @param waits whether somebody has to put it at a position first
    void register(boolean waits) {
        db.sql("insert into follower (name, state) values (?, ?) on conflict do nothing")
                .params(name, waits ? "BUILDING" : "LIVE")
                .update();
    }

    /// Takes it, unless another process has it. What a crash takes back of a batch is done again from the position
    /// before, so its transaction need not wait for the disk. A batch finds rows by their keys: a plan made when
    /// the table was small must not read all of it.
    Optional<Place> take() {
        return db.sql("""
                        select position, state = 'BUILDING', exists (select from dead_letter where source = follower.name),
                               set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true)
                        from follower where name = ? for update skip locked
                        """)
                .param(name)
                .query((row, _) -> new Place(row.getLong(1), row.getBoolean(2), row.getBoolean(3)))
                .optional();
    }

    /// Takes it and keeps everybody from moving it until the transaction ends.
    ///
    /// @param db in whose transaction
    /// @return where it stands
    public long lock(JdbcClient db) {
        return db.sql("select position from follower where name = ? for update")
                .param(name)
                .query(Long.class)
                .single();
    }

    void lock() {
        lock(db);
    }

    /// Puts a position into it, which a transaction holds the [#lock] of.
    ///
    /// @param db in whose transaction
    public void moveTo(JdbcClient db, long position) {
        db.sql("update follower set position = ?, state = 'LIVE', detail = null, updated_at = now() where name = ?")
                .params(position, name)
                .update();
    }

    void moveTo(long position) {
        moveTo(db, position);
    }

    /// Stops it before an event.
    void pause(long position, String unknown) {
        db.sql("update follower set position = ?, state = 'PAUSED', detail = ?, updated_at = now() where name = ?")
                .params(position, unknown, name)
                .update();
    }
}
