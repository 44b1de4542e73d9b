package mutirao.messaging.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.DeadLetters.Place;
import mutirao.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Keeps dead letters in PostgreSQL, table `message_dead_letter`.
final class JdbcLetters implements LetterStore {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient db;
    private final JsonMapper json;

    JdbcLetters(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    @Override
    public void keep(DeadLetter letter) {
        var message = letter.message();
        db.sql("""
                        insert into message_dead_letter (id, consumer_group, topic, message_id, name, message_key, body,
                            time, source, correlation_id, extensions, cause, exception, stack_hash, attempts, first_at,
                            last_at)
                        values (:id, :group, :topic, :message, :name, :key, :body, :time, :source, :correlation,
                            :extensions::jsonb, :cause, :exception, :stack, :attempts, :first, :last)
                        on conflict (id) do update set cause = excluded.cause, exception = excluded.exception,
                            stack_hash = excluded.stack_hash, attempts = excluded.attempts, last_at = excluded.last_at
                        """)
                .param("id", letter.id())
                .param("group", letter.group())
                .param("topic", clean(message.topic()))
                .param("message", clean(message.id()))
                .param("name", clean(message.name()))
                .param("key", clean(message.key()))
                .param("body", message.data().getBytes(UTF_8))
                .param("time", at(message.time()))
                .param("source", clean(message.source()))
                .param("correlation", clean(message.correlationId()))
                .param("extensions", clean(json.writeValueAsString(message.extensions())))
                .param("cause", clean(letter.cause()))
                .param("exception", letter.exception())
                .param("stack", letter.stackHash())
                .param("attempts", letter.attempts())
                .param("first", at(letter.firstAt()))
                .param("last", at(letter.lastAt()))
                .update();
    }

    @Override
    public List<DeadLetter> list(@Nullable String group, @Nullable String name, @Nullable Place after, int limit) {
        var from = after == null ? new Place(Instant.EPOCH, new UUID(0, 0)) : after;
        return db.sql("""
                        select * from message_dead_letter
                        where (:group::text is null or consumer_group = :group) and (:name::text is null or name = :name)
                          and (first_at, id) > (:first, :id)
                        order by first_at, id limit :limit
                        """)
                .param("group", group)
                .param("name", name)
                .param("first", at(from.firstAt()))
                .param("id", from.id())
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    @Override
    public Optional<DeadLetter> find(UUID id) {
        return db.sql("select * from message_dead_letter where id = ?")
                .param(id)
                .query((row, _) -> read(row))
                .optional();
    }

    @Override
    public long count(@Nullable String group) {
        return db.sql("select count(*) from message_dead_letter where ?::text is null or consumer_group = ?")
                .param(group)
                .param(group)
                .query(Long.class)
                .single();
    }

    @Override
    public boolean remove(UUID id, Instant lastAt) {
        return db.sql("delete from message_dead_letter where id = ? and last_at = ?")
                        .param(id)
                        .param(at(lastAt))
                        .update()
                > 0;
    }

    /// PostgreSQL's texts hold no U+0000, nor does its JSON.
    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace("\0", "\uFFFD").replace("\\u0000", "\\uFFFD");
    }

    /// PostgreSQL's times have microseconds.
    private static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("consumer_group"),
                new Message<>(
                        row.getString("topic"),
                        row.getString("message_id"),
                        row.getString("name"),
                        row.getString("message_key"),
                        new String(row.getBytes("body"), UTF_8),
                        row.getObject("time", OffsetDateTime.class).toInstant(),
                        row.getString("source"),
                        row.getString("correlation_id"),
                        json.readValue(row.getString("extensions"), TEXTS)),
                row.getString("cause"),
                row.getString("exception"),
                row.getString("stack_hash"),
                row.getInt("attempts"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }
}
