package mutirao.platform.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;

/// The log in Axon Server, which counts positions from 0: ours are one higher, so that 0 is before the first here too.
final class AxonServerEventLog implements EventLog {
    private final EventStore store;
    private final Serializer json;

    AxonServerEventLog(EventStore store, Serializer json) {
        this.store = store;
        this.json = json;
    }

    @Override
    public long horizon() {
        var head = store.createHeadToken();
        return head == null ? 0 : head.position().orElse(-1) + 1;
    }

    @Override
    public List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit) {
        var events = new ArrayList<RecordedEvent>();
        if (after >= upTo) {
            return events;
        }
        try (var stream = store.openStream(after == 0 ? null : new GlobalSequenceTrackingToken(after - 1))) {
            while (events.size() < limit && stream.hasNextAvailable(1, TimeUnit.SECONDS)) {
                var message = stream.nextAvailable();
                var position = message.trackingToken().position().orElseThrow() + 1;
                if (position > upTo) {
                    return events;
                }
                if (message instanceof DomainEventMessage<?> event
                        && (contexts.isEmpty() || contexts.contains(event.getType()))) {
                    events.add(RecordedEvent.of(position, storedType(message), () -> stored(message), event));
                }
                if (position == upTo) {
                    return events;
                }
            }
            if (events.size() == limit) {
                return events;
            }
            // A short answer would mean that there is nothing more up to there.
            throw new EventStoreException("the events after " + after + " did not come in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while reading the events after " + after, e);
        }
    }

    @Override
    public long count(long upTo, Set<String> contexts) {
        return upTo;
    }

    @Override
    public Optional<UUID> organizationOf(String aggregateId) {
        var events = store.readEvents(aggregateId, 0);
        return events.hasNext()
                ? Optional.of(EventMeta.organization(events.next().getMetaData()))
                : Optional.empty();
    }

    private String stored(TrackedEventMessage<?> message) {
        return message.getPayload() instanceof UnknownSerializedType unknown
                ? unknown.readData(String.class)
                : message.serializePayload(json, String.class).getData();
    }

    private SerializedType storedType(TrackedEventMessage<?> message) {
        return message.getPayload() instanceof UnknownSerializedType unknown
                ? unknown.serializedType()
                : json.typeForClass(message.getPayloadType());
    }

    @Override
    public List<RecordedEvent> at(Collection<Long> positions) {
        return positions.stream()
                .sorted()
                .flatMap(position -> read(position - 1, position, Set.of(), 1).stream())
                .toList();
    }
}
