package mutirao.benchmark.axon;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.EntityManager;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import mutirao.benchmark.jpa.AggregateRow;
import org.axonframework.eventhandling.DomainEventMessage;

/// A projection as annotated handlers that find, change and leave the rest to JPA. The arithmetic of lines and steps is
/// the program's own, from its shared language.
abstract sealed class Handlers
        permits AuditoriaHandlers, EntregaHandlers, NecessidadeHandlers, OfertaHandlers, TicketHandlers {
    final EntityManager rows;
    final LongAdder handled = new LongAdder();

    Handlers(EntityManager rows) {
        this.rows = rows;
    }

    static Handlers of(String projection, EntityManager rows) {
        return switch (projection) {
            case "necessidade" -> new NecessidadeHandlers(rows);
            case "oferta" -> new OfertaHandlers(rows);
            case "entrega" -> new EntregaHandlers(rows);
            case "ticket" -> new TicketHandlers(rows);
            case "auditoria" -> new AuditoriaHandlers(rows);
            default -> throw new IllegalArgumentException("no projection " + projection);
        };
    }

    /// Whether each of its rows is changed by events of one aggregate only, so that aggregates can go in parallel.
    boolean parallel() {
        return true;
    }

    /// How many events it has handled.
    long handled() {
        return handled.sum();
    }

    /// Saves the row of an aggregate's first event.
    void create(AggregateRow row, UUID id, DomainEventMessage<?> message) {
        row.id = id;
        row.organizationId = organization(message);
        row.version = message.getSequenceNumber();
        row.createdAt = message.getTimestamp();
        row.updatedAt = row.createdAt;
        rows.persist(row);
    }

    /// Finds the row of an aggregate and changes it.
    <R extends AggregateRow> void change(Class<R> type, UUID id, DomainEventMessage<?> message, Consumer<R> change) {
        var row = requireNonNull(rows.find(type, id));
        change.accept(row);
        row.version = message.getSequenceNumber();
        row.updatedAt = message.getTimestamp();
    }

    static UUID organization(DomainEventMessage<?> message) {
        return UUID.fromString(requireNonNull((String) message.getMetaData().get("organizationId")));
    }
}
