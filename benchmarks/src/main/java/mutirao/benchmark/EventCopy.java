package mutirao.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.benchmark.Server.Database;
import mutirao.platform.eventstore.AxonJson;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Writes events into the store as the program writes them, but with `COPY`.
final class EventCopy implements AutoCloseable {
    private final java.sql.Connection connection;
    private final PGCopyOutputStream out;
    private final JsonMapper json = AxonJson.mapper();
    private final SplittableRandom random;
    private final Map<String, Long> versions = new HashMap<>();
    private final StringBuilder row = new StringBuilder();
    private long count;

    /// @param seed of the events' ids: another one for every copy into the same database
    EventCopy(Database database, long seed) throws SQLException {
        random = new SplittableRandom(seed);
        connection = database.connect();
        out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), """
                copy domain_event (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                payload_type, payload_revision, payload, meta_data) from stdin""", 1 << 20);
    }

    /// Adds an event after the aggregate's last one that this has written.
    void write(DomainEvent event, Instant at) throws IOException {
        write(event, at, versions.merge(event.id().stored(), 1L, Long::sum) - 1);
    }

    /// Adds an event.
    void write(DomainEvent event, Instant at, long version) throws IOException {
        var type = event.getClass().getAnnotation(EventType.class);
        if (type == null) {
            throw new IllegalArgumentException(event.getClass() + " has no @EventType");
        }
        row.setLength(0);
        row.append(uuid()).append('\t');
        row.append(event.id().stored()).append('\t');
        row.append(version).append('\t');
        row.append(event.id().context()).append('\t');
        row.append(at).append('\t');
        row.append(type.value()).append('\t');
        row.append(type.revision()).append('\t');
        row.append(json.writeValueAsString(event).replace("\\", "\\\\")).append('\t');
        row.append("{\"source\":\"rest\",\"userId\":\"").append(uuid());
        row.append("\",\"correlationId\":\"").append(uuid());
        row.append("\",\"organizationId\":\"").append(Actors.ORGANIZATION).append("\"}\n");
        out.write(row.toString().getBytes(StandardCharsets.UTF_8));
        count++;
    }

    private UUID uuid() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE);
    }

    long count() {
        return count;
    }

    @Override
    public void close() throws IOException, SQLException {
        try (connection) {
            out.close();
        }
    }
}
