package mutirao.platform.stream;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.Position;
import mutirao.platform.stream.DeadLetter.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where messages are kept that could not be handled, seen by people and never lost.
public final class DeadLetters {
    private static final int LONGEST_CAUSE = 2000;
    private static final String SELECT =
            "select id, source, sequence, kind, type, position, cause, attempts, enqueued_at,"
                    + " last_attempt_at, ordinal from dead_letter ";

    private final JdbcClient db;

    /// @param db joins the running transaction
    public DeadLetters(JdbcClient db) {
        this.db = db;
    }

    /// Keeps an event.
    ///
    /// @param cause what went wrong; null when it waits behind an earlier one
    public void park(String source, String sequence, EventMeta event, @Nullable Throwable cause) {
        insert(source, sequence, Kind.EVENT, event.type(), cause, event.position(), null, null, cause == null ? 0 : 1);
    }

    /// Keeps a command whose retries are exhausted; the later events of its sequence wait.
    ///
    /// @param payload  the command as JSON
    /// @param metadata what its job knew beside it, as JSON
    /// @param attempts how often it was tried
    public void park(
            String source,
            String sequence,
            String type,
            String payload,
            String metadata,
            Throwable cause,
            int attempts) {
        insert(source, sequence, Kind.COMMAND, type, cause, null, payload, metadata, attempts);
    }

    private void insert(
            String source,
            String sequence,
            Kind kind,
            String type,
            @Nullable Throwable cause,
            @Nullable Long position,
            @Nullable String payload,
            @Nullable String metadata,
            int attempts) {
        db.sql("""
                        insert into dead_letter (id, source, sequence, kind, type, position, payload, metadata, cause,
                                                 attempts, last_attempt_at)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, case when ? then now() end)
                        """)
                .param(UUID.randomUUID())
                .param(source)
                .param(sequence)
                .param(kind.name())
                .param(type)
                .param(position)
                .param(payload)
                .param(metadata)
                .param(describe(cause))
                .param(attempts)
                .param(cause != null)
                .update();
    }

    /// The sequences of a source that something waits in.
    Set<String> parked(String source) {
        return new HashSet<>(db.sql("select distinct sequence from dead_letter where source = ?")
                .param(source)
                .query((row, _) -> row.getString(1))
                .list());
    }

    /// The letters of one sequence, oldest first.
    List<DeadLetter> sequence(String source, String sequence) {
        return db.sql(SELECT + "where source = ? and sequence = ? order by ordinal")
                .param(source)
                .param(sequence)
                .query((row, _) -> read(row))
                .list();
    }

    void failedAgain(DeadLetter letter, Throwable cause) {
        db.sql("update dead_letter set cause = ?, attempts = attempts + 1, last_attempt_at = now() where id = ?")
                .param(describe(cause))
                .param(letter.id())
                .update();
    }

    void delete(UUID id) {
        db.sql("delete from dead_letter where id = ?").param(id).update();
    }

    /// Forgets what a source could not handle.
    public void clear(String source) {
        db.sql("delete from dead_letter where source = ?").param(source).update();
    }

    /// One letter; empty when it is gone.
    public Optional<DeadLetter> find(UUID id) {
        return db.sql(SELECT + "where id = ?")
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    /// A command's JSON and its job's metadata.
    public Map<String, String> command(UUID id) {
        return db.sql("select payload::text, metadata::text from dead_letter where id = ?")
                .param(id)
                .query((row, _) -> Map.of("payload", row.getString(1), "metadata", row.getString(2)))
                .single();
    }

    /// For which organization a command was to be sent; empty when its job does not say.
    Optional<UUID> organizationOf(UUID id) {
        return db.sql("select (metadata ->> 'organizationId')::uuid from dead_letter where id = ?")
                .param(id)
                .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .optional()
                .flatMap(found -> found);
    }

    /// A letter and its place in the list.
    public record Listed(DeadLetter letter, long ordinal) {}

    /// Letters in the order they came.
    ///
    /// @param sources only of these
    /// @param type    only of this type; null for any
    /// @param after   the place of the last one seen; 0 for the first
    public List<Listed> list(Collection<String> sources, @Nullable String type, long after, int limit) {
        return db.sql(
                        SELECT
                                + "where source = any(?) and (?::text is null or type = ?) and ordinal > ? order by ordinal limit ?")
                .param(sources.toArray(String[]::new))
                .param(type)
                .param(type)
                .param(after)
                .param(limit)
                .query((row, _) -> new Listed(read(row), row.getLong("ordinal")))
                .list();
    }

    /// How many letters a source has.
    public long count(String source) {
        return db.sql("select count(*) from dead_letter where source = ?")
                .param(source)
                .query(Long.class)
                .single();
    }

    private static @Nullable String describe(@Nullable Throwable cause) {
        if (cause == null) {
            return null;
        }
        var root = NestedExceptionUtils.getRootCause(cause);
        var text = (root == null ? cause.toString() : cause + " ← " + root).replace("\0", "");
        return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) : text;
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        var tried = row.getObject("last_attempt_at", OffsetDateTime.class);
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("source"),
                row.getString("sequence"),
                Kind.valueOf(row.getString("kind")),
                row.getString("type"),
                Position.ofNullable(row.getObject("position", Long.class)),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getObject("enqueued_at", OffsetDateTime.class).toInstant(),
                tried == null ? null : tried.toInstant());
    }
}
