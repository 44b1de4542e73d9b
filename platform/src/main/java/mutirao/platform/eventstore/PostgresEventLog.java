package mutirao.platform.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The log in PostgreSQL.
final class PostgresEventLog implements EventLog {
    private final JsonbEventStorageEngine engine;
    private final Tail tail;
    private final JdbcClient db;

    PostgresEventLog(JsonbEventStorageEngine engine, Tail tail, JdbcClient db) {
        this.engine = engine;
        this.tail = tail;
        this.db = db;
    }

    @Override
    public long horizon() {
        return tail.reached();
    }

    @Override
    public List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit) {
        return engine.read(after, upTo, contexts, limit).toList();
    }

    @Override
    public Map<Long, String> payloads(Collection<Long> positions) {
        var payloads = new HashMap<Long, String>();
        db.sql("select global_index, payload::text from domain_event where global_index = any(?)")
                .param(positions.toArray(Long[]::new))
                .query((row, _) -> payloads.put(row.getLong(1), row.getString(2)))
                .list();
        return payloads;
    }
}
