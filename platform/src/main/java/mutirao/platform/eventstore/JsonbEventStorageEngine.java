package mutirao.platform.eventstore;

import static mutirao.platform.eventstore.EventTables.SCHEMA;
import static org.axonframework.eventhandling.EventUtils.asDomainEventMessage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.JdbcUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/// Events as `jsonb` and `timestamptz`, handed out in index order up to the [Horizon], so that a position is one
/// integer ([GlobalSequenceTrackingToken], as on Axon Server) and nothing is ever skipped.
final class JsonbEventStorageEngine extends JdbcEventStorageEngine {
    private static final String INSERT =
            "insert into %s (" + SCHEMA.domainEventFields() + ") values (?,?,?,?,?,?,?,?::jsonb,?::jsonb)";
    private static final String SELECT = "select " + SCHEMA.trackedEventFields() + " from domain_event where ";
    private static final String BETWEEN =
            SELECT + "global_index > ? and global_index <= ? order by global_index limit ?";
    private static final String AT = SELECT + "global_index = any(?) order by global_index";

    private final TransactionManager transactions;
    private final EventUpcaster upcasters;
    private final Horizon horizon;
    private final Appended appended;

    JsonbEventStorageEngine(
            Builder builder,
            TransactionManager transactions,
            EventUpcaster upcasters,
            Horizon horizon,
            Appended appended) {
        super(builder.schema(SCHEMA)
                .dataType(String.class)
                .transactionManager(transactions)
                .upcasterChain(upcasters));
        this.transactions = transactions;
        this.upcasters = upcasters;
        this.horizon = horizon;
        this.appended = appended;
    }

    /// Called with each batch of events of a unit of work, still inside its transaction.
    interface Appended {
        /// @param events    what was appended, in order
        /// @param positions where each of them went
        void appended(List<? extends EventMessage<?>> events, List<Long> positions);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        transactions.executeInTransaction(() -> {
            var connection = getConnection();
            try (var insert = connection.prepareStatement(
                    INSERT.formatted(SCHEMA.domainEventTable()), new String[] {SCHEMA.globalIndexColumn()})) {
                for (var event : events) {
                    bind(insert, asDomainEventMessage(event), serializer);
                    insert.addBatch();
                }
                insert.executeBatch();
                appended.appended(events, positions(insert));
            } catch (SQLException e) {
                handlePersistenceException(e, events.getFirst());
            } finally {
                JdbcUtils.closeQuietly(connection);
            }
        });
    }

    /// Axon says of whatever befalls a first event that its aggregate's id is used already.
    @Override
    protected void handlePersistenceException(Exception fault, EventMessage<?> failed) {
        if (!Taken.is(fault)) {
            throw new EventStoreException("the events cannot be appended", fault);
        }
        super.handlePersistenceException(fault, failed);
    }

    private static List<Long> positions(PreparedStatement insert) throws SQLException {
        var positions = new ArrayList<Long>();
        try (var keys = insert.getGeneratedKeys()) {
            while (keys.next()) {
                positions.add(keys.getLong(1));
            }
        }
        return positions;
    }

    @Override
    protected PreparedStatement appendSnapshot(
            Connection connection, DomainEventMessage<?> snapshot, Serializer serializer) throws SQLException {
        var insert = connection.prepareStatement(INSERT.formatted(SCHEMA.snapshotTable()));
        bind(insert, snapshot, serializer);
        return insert;
    }

    private static void bind(PreparedStatement insert, DomainEventMessage<?> event, Serializer serializer)
            throws SQLException {
        var payload = event.serializePayload(serializer, String.class);
        insert.setString(1, event.getIdentifier());
        insert.setString(2, event.getAggregateIdentifier());
        insert.setLong(3, event.getSequenceNumber());
        insert.setString(4, event.getType());
        insert.setObject(5, utc(event.getTimestamp()));
        insert.setString(6, payload.getType().getName());
        insert.setString(7, payload.getType().getRevision());
        insert.setString(8, payload.getData());
        insert.setString(9, event.serializeMetaData(serializer, String.class).getData());
    }

    /// The events at some positions, each by way of the upcasters, which may make several of one or none.
    Map<Long, List<RecordedEvent>> upcast(Collection<Long> positions) {
        var read = new HashMap<Long, List<RecordedEvent>>();
        for (var stored : select(AT, select -> select.setArray(1, array(select, positions)))) {
            var position = position(stored.trackingToken());
            var payload = stored.getPayload();
            read.put(
                    position,
                    EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(stored), getEventSerializer(), upcasters)
                            .map(message -> RecordedEvent.of(
                                    position, payload.getType(), () -> (String) payload.getData(), (DomainEventMessage<
                                                    ?>)
                                            message))
                            .toList());
        }
        return read;
    }

    private static Array array(PreparedStatement select, Collection<Long> positions) throws SQLException {
        return select.getConnection().createArrayOf("bigint", positions.toArray());
    }

    private interface Parameters {
        void set(PreparedStatement select) throws SQLException;
    }

    private List<? extends TrackedEventData<?>> select(String sql, Parameters parameters) {
        return transactions.fetchInTransaction(() -> {
            var connection = getConnection();
            try (var select = connection.prepareStatement(sql)) {
                parameters.set(select);
                try (var rows = select.executeQuery()) {
                    return JdbcUtils.listResults(this::tracked).apply(rows);
                }
            } catch (SQLException e) {
                throw new EventStoreException("the events cannot be read", e);
            } finally {
                JdbcUtils.closeQuietly(connection);
            }
        });
    }

    private TrackedEventData<?> tracked(ResultSet row) throws SQLException {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(row.getLong(SCHEMA.globalIndexColumn())), getDomainEventData(row));
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken last, int batchSize) {
        return select(BETWEEN, select -> {
            select.setLong(1, position(last));
            select.setLong(2, horizon.advance());
            select.setInt(3, batchSize);
        });
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElseThrow();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(horizon.advance());
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return transactions.fetchInTransaction(() -> {
            var connection = getConnection();
            try (var select = connection.prepareStatement(
                    "select min(global_index) - 1 from domain_event where time_stamp >= ?")) {
                select.setObject(1, utc(at));
                try (var rows = select.executeQuery()) {
                    rows.next();
                    var before = rows.getObject(1, Long.class);
                    return before == null ? createHeadToken() : new GlobalSequenceTrackingToken(before);
                }
            } catch (SQLException e) {
                throw new EventStoreException("no token at " + at, e);
            } finally {
                JdbcUtils.closeQuietly(connection);
            }
        });
    }

    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        // As text: Axon cuts an Instant to milliseconds.
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature; the data type is String
    protected <T> T readPayload(ResultSet row, String column) throws SQLException {
        return (T) row.getString(column);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
