package mutirao.benchmark.axon;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.EntityManager;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.benchmark.jpa.AuditoriaRow;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;

final class AuditoriaHandlers extends Handlers {
    AuditoriaHandlers(EntityManager rows) {
        super(rows);
    }

    @EventHandler
    void on(DomainEvent event, DomainEventMessage<?> message, TrackingToken token) {
        handled.increment();
        var type = requireNonNull(event.getClass().getAnnotation(EventType.class));
        var data = message.getMetaData();
        var row = new AuditoriaRow();
        row.position = token.position().orElseThrow();
        row.organizationId = organization(message);
        row.eventId = message.getIdentifier();
        row.type = type.value();
        row.revision = type.revision();
        row.aggregateType = message.getType();
        row.aggregateId = event.id().value();
        row.version = message.getSequenceNumber();
        row.timestamp = message.getTimestamp();
        row.userId = UUID.fromString(requireNonNull((String) data.get("userId")));
        row.correlationId = (String) data.get("correlationId");
        row.causationId = (String) data.get("causationId");
        row.source = (String) data.get("source");
        rows.persist(row);
    }
}
