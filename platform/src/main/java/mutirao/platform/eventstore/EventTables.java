package mutirao.platform.eventstore;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/// Where the event store lies in PostgreSQL, for whoever reads it by another of Axon's engines.
public final class EventTables {
    /// The names of its tables and columns.
    public static final EventSchema SCHEMA = EventSchema.builder()
            .eventTable("domain_event")
            .snapshotTable("snapshot_event")
            .globalIndexColumn("global_index")
            .timestampColumn("time_stamp")
            .eventIdentifierColumn("event_identifier")
            .aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number")
            .typeColumn("type")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision")
            .payloadColumn("payload")
            .metaDataColumn("meta_data")
            .build();

    private EventTables() {}
}
