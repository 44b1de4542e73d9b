package mutirao.benchmark.axon;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import mutirao.platform.eventstore.EventTables;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;

/// Axon's own JDBC engine, with its batches and its gap-aware tokens, on the program's event table.
final class Store extends JdbcEventStorageEngine {
    Store(ConnectionProvider connections, TransactionManager transactions) {
        super(builder()
                .schema(EventTables.SCHEMA)
                .dataType(String.class)
                .eventSerializer(Serializers.ofEvents())
                .snapshotSerializer(Serializers.ofEvents())
                .connectionProvider(connections)
                .transactionManager(transactions));
    }

    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature; the data type is String
    protected <T> T readPayload(ResultSet row, String column) throws SQLException {
        return (T) row.getString(column);
    }
}
