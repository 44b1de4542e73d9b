package mutirao.platform.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.projection.Rebuild.Phase;
import mutirao.platform.projection.Rebuild.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What became of each rebuild, in the database, where every process sees it and can ask for its end.
final class Rebuilds {
    /// The error of one whose process has died.
    static final String INTERRUPTED = "interrupted";

    private final JdbcClient db;
    private final Clock clock;
    private final JsonMapper json = AxonJson.mapper();

    Rebuilds(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    void begin(UUID id, String projection) {
        db.sql("""
                        insert into projection_rebuild (id, projection, state, phase, processed, total, started_at)
                        values (?, ?, 'RUNNING', 'FOLD', 0, 0, ?)
                        """).params(id, projection, now()).update();
    }

    /// Marks the moment when its turn has come.
    ///
    /// @param total events to fold
    void started(UUID id, String projection, long total) {
        db.sql("update projection_rebuild set total = ?, started_at = ? where id = ? and projection = ?")
                .params(total, now(), id, projection)
                .update();
    }

    /// Notes how far it is.
    ///
    /// @return whether somebody wants it to stop
    boolean note(UUID id, String projection, Phase phase, long processed) {
        return db.sql("""
                        update projection_rebuild set phase = ?, processed = ? where id = ? and projection = ?
                        returning cancel
                        """)
                .params(phase.name(), processed, id, projection)
                .query((row, _) -> row.getBoolean(1))
                .single();
    }

    void finish(
            UUID id,
            String projection,
            State state,
            Phase phase,
            long processed,
            @Nullable Long rows,
            @Nullable Differences differences,
            @Nullable String error) {
        db.sql("""
                        update projection_rebuild
                        set state = ?, phase = ?, processed = ?, rows = ?, differences = ?::jsonb, error = ?,
                            finished_at = ?
                        where id = ? and projection = ?
                        """)
                .param(state.name())
                .param(phase.name())
                .param(processed)
                .param(rows)
                .param(differences == null ? null : json.writeValueAsString(differences))
                .param(error)
                .param(now())
                .param(id)
                .param(projection)
                .update();
    }

    /// Asks the process that runs it to stop.
    ///
    /// @return whether one was running
    boolean cancel(String projection) {
        return db.sql("update projection_rebuild set cancel = true where projection = ? and state = 'RUNNING'")
                        .param(projection)
                        .update()
                > 0;
    }

    /// Whether one runs, or seems to because its process has died.
    boolean anyRunning() {
        return db.sql("select exists (select from projection_rebuild where state = 'RUNNING')")
                .query(Boolean.class)
                .single();
    }

    /// Closes what a process has left open that died. Only for who holds the lock, and so knows that none runs.
    void closeInterrupted() {
        db.sql("""
                        update projection_rebuild set state = 'FAILED', error = ?, finished_at = ?
                        where state = 'RUNNING'
                        """).params(INTERRUPTED, now()).update();
    }

    /// The projection's last rebuild.
    Optional<Rebuild> find(String projection) {
        return db.sql("""
                        select id, projection, state, phase, processed, total, started_at, finished_at, rows,
                               differences::text, error
                        from projection_rebuild where projection = ? order by started_at desc limit 1
                        """).param(projection).query((row, _) -> read(row)).optional();
    }

    private Rebuild read(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        var processed = row.getLong("processed");
        var total = row.getLong("total");
        var started = row.getObject("started_at", OffsetDateTime.class).toInstant();
        var finished = Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
        var time = Duration.between(started, finished == null ? clock.instant() : finished);
        var rate = processed / Math.max(1e-3, time.toNanos() / 1e9);
        var left = Math.max(0, total - processed);
        var differences = row.getString("differences");
        return new Rebuild(
                row.getObject("id", UUID.class),
                row.getString("projection"),
                state,
                Phase.valueOf(row.getString("phase")),
                processed,
                total,
                state == State.DONE || total == 0 ? 100.0 : Math.min(100.0, 100.0 * processed / total),
                rate,
                state == State.RUNNING && rate > 0 ? (long) Math.ceil(left / rate) : null,
                started,
                finished,
                row.getObject("rows", Long.class),
                differences == null ? null : json.readValue(differences, Differences.class),
                row.getString("error"));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
