package mutirao.platform.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.api.Actors;
import mutirao.api.DomainEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.ObjectReader;

/// The log in PostgreSQL. An event stored under a current name and revision is read by its class directly; only
/// others go through Axon's upcasters. The newest events are kept, so that followers share them.
final class PostgresEventLog implements EventLog {
    private static final String SELECT = """
            select global_index, event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                   payload_type, payload_revision, payload,
                   meta_data ->> 'userId', meta_data ->> 'organizationId', meta_data ->> 'correlationId',
                   meta_data ->> 'causationId', meta_data ->> 'source'
            from domain_event
            """;

    private final Horizon horizon;
    private final Function<Collection<Long>, Map<Long, List<RecordedEvent>>> upcasters;
    private final Map<String, Format> formats;
    private final JdbcClient db;
    private final Recent recent = new Recent(this::select);

    /// How the events of one name are read.
    ///
    /// @param name     the stored name, one object for all events
    /// @param revision that the class reads
    private record Format(String name, @Nullable String revision, ObjectReader reader) {
        DomainEvent read(String json) {
            return reader.readValue(json);
        }
    }

    /// A row of the store.
    ///
    /// @param event null when it is stored in another form than today's
    private record Row(long position, @Nullable RecordedEvent event) {}

    /// @param upcasters reads the events at positions that are stored in another form than today's
    PostgresEventLog(
            Horizon horizon,
            EventTypes types,
            Function<Collection<Long>, Map<Long, List<RecordedEvent>>> upcasters,
            JdbcClient db) {
        this.horizon = horizon;
        this.upcasters = upcasters;
        this.db = db;
        var json = AxonJson.mapper();
        this.formats = types.all().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        type -> new Format(
                                type.getKey(), types.revisionOf(type.getValue()), json.readerFor(type.getValue()))));
    }

    /// Looks how far the log can be read, and takes what is new into memory.
    long advance() {
        var reached = horizon.advance();
        recent.extend(reached);
        return reached;
    }

    @Override
    public long horizon() {
        var known = recent.upTo();
        return known == 0 ? horizon.advance() : known; // nobody has looked yet
    }

    /// Asks what has been drawn, not what can be read: an event that has just been committed has an index that this
    /// process may not have seen. After a crash the sequence goes on a little above the last.
    @Override
    public boolean mayHave(long position) {
        return position <= recent.upTo()
                || position
                        <= db.sql("select last_value from domain_event_global_index_seq")
                                .query(Long.class)
                                .single();
    }

    @Override
    public Optional<UUID> organizationOf(String aggregateId) {
        return db.sql("""
                        select coalesce((meta_data ->> 'organizationId')::uuid, ?) from domain_event
                        where aggregate_identifier = ? and sequence_number = 0
                        """)
                .params(Actors.ORGANIZATION, aggregateId)
                .query(UUID.class)
                .optional();
    }

    @Override
    public long count(long upTo, Set<String> contexts) {
        return db.sql("select count(*) from domain_event where global_index <= ? and (? or type = any(?))")
                .params(upTo, contexts.isEmpty(), contexts.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    @Override
    public List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit) {
        return recent.find(after, upTo, contexts, limit).orElseGet(() -> select(after, upTo, contexts, limit));
    }

    @Override
    public Optional<List<RecordedEvent>> recent(long after, long upTo, Set<String> contexts) {
        return recent.find(after, upTo, contexts, Integer.MAX_VALUE);
    }

    /// Goes on where upcasters left fewer events than rows: a short answer means that there are no more.
    private List<RecordedEvent> select(long after, long upTo, Set<String> contexts, int limit) {
        var events = new ArrayList<RecordedEvent>();
        var from = new AtomicLong(after);
        for (int left = limit; left > 0 && from.get() < upTo; left = limit - events.size()) {
            var rows = db.sql(SELECT
                            + "where global_index > ? and global_index <= ? and (? or type = any(?))"
                            + " order by global_index limit ?")
                    .params(from.get(), upTo, contexts.isEmpty(), contexts.toArray(String[]::new), left)
                    .query((row, _) -> {
                        from.set(row.getLong(1));
                        return read(row);
                    })
                    .list();
            events.addAll(upcast(rows));
            if (rows.size() < left) {
                break;
            }
        }
        return events;
    }

    @Override
    public List<RecordedEvent> at(Collection<Long> positions) {
        return upcast(db.sql(SELECT + "where global_index = any(?) order by global_index")
                .param(positions.toArray(Long[]::new))
                .query((row, _) -> read(row))
                .list());
    }

    /// Those of an older form are fetched again, all at once, and go through the upcasters.
    private List<RecordedEvent> upcast(List<Row> rows) {
        var older = rows.stream()
                .filter(row -> row.event == null)
                .map(Row::position)
                .toList();
        var upcast = older.isEmpty() ? Map.<Long, List<RecordedEvent>>of() : upcasters.apply(older);
        return rows.stream()
                .flatMap(row -> row.event == null
                        ? upcast.getOrDefault(row.position, List.of()).stream()
                        : Stream.of(row.event))
                .toList();
    }

    private Row read(ResultSet row) throws SQLException {
        var format = formats.get(row.getString(7));
        var revision = row.getString(8);
        if (format == null || !Objects.equals(format.revision, revision)) {
            return new Row(row.getLong(1), null);
        }
        var meta = new EventMeta(
                row.getLong(1),
                row.getString(2),
                format.name,
                format.revision,
                row.getString(5),
                row.getString(3),
                row.getLong(4),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                uuid(row.getString(10), Actors.system("unknown")),
                uuid(row.getString(11), Actors.ORGANIZATION),
                row.getString(12),
                row.getString(13),
                row.getString(14));
        var json = row.getString(9);
        return new Row(meta.position(), new RecordedEvent(meta, () -> json, () -> format.read(json)));
    }

    private static UUID uuid(@Nullable String text, UUID otherwise) {
        return text == null ? otherwise : UUID.fromString(text);
    }
}
