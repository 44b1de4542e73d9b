package mutirao.platform.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mutirao.api.Actors;
import org.axonframework.axonserver.connector.event.axon.GrpcBackedDomainEventData;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/// The log in Axon Server, which counts positions from 0: ours are one higher, so that 0 is before the first here too.
/// It is read as it is stored and upcast here, event by event: Axon's own stream hides those that an upcaster drops,
/// and so does not tell how far it has read. Thread-safe.
final class AxonServerEventLog implements EventLog, Engine {
    /// How long the engine may say nothing.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How many events are under way at once, and how many are asked for when some have been read.
    private static final int WINDOW = 1024;

    private static final int REFILL = 256;
    private static final int OWNERS = 100_000;

    private final Supplier<EventChannel> engine;
    private final Serializer json;
    private final EventUpcaster upcasters;
    /// The first event names the organization for good; an aggregate that is not there yet is not kept.
    private final Cache<String, UUID> owners =
            Caffeine.newBuilder().maximumSize(OWNERS).build();

    AxonServerEventLog(Supplier<EventChannel> engine, Serializer json, EventUpcaster upcasters) {
        this.engine = engine;
        this.json = new GrpcMetaDataAwareSerializer(json);
        this.upcasters = upcasters;
    }

    @Override
    public long horizon() {
        try {
            return engine.get().getLastToken().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) + 1;
        } catch (ExecutionException | TimeoutException e) {
            throw new EventStoreException("the newest position is not known", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit) {
        var events = new ArrayList<RecordedEvent>();
        if (after >= upTo) {
            return events;
        }
        try (var stream = engine.get().openStream(after - 1, WINDOW, REFILL)) {
            long at = after;
            while (at < upTo && events.size() < limit) {
                var next = next(stream, at);
                at = next.getToken() + 1;
                if (at <= upTo && concerns(next.getEvent(), contexts)) {
                    events.addAll(upcast(at, next.getEvent()));
                }
            }
            return events;
        }
    }

    private static EventWithToken next(EventStream stream, long after) {
        try {
            var next = stream.nextIfAvailable(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new EventStoreException(
                        "the events after " + after + " did not come",
                        stream.getError().orElseGet(TimeoutException::new));
            }
            return next;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EventStoreException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EventStoreException("interrupted while reading events", e);
    }

    private static boolean concerns(Event event, Set<String> contexts) {
        return !event.getAggregateIdentifier().isEmpty()
                && (contexts.isEmpty() || contexts.contains(event.getAggregateType()));
    }

    private List<RecordedEvent> upcast(long position, Event event) {
        var stored = new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(position - 1), new GrpcBackedDomainEventData(event));
        var type = stored.getPayload().getType();
        return EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(stored), json, upcasters)
                .map(message -> RecordedEvent.of(
                        position, type, () -> event.getPayload().getData().toStringUtf8(), (DomainEventMessage<?>)
                                message))
                .toList();
    }

    @Override
    public List<RecordedEvent> at(Collection<Long> positions) {
        return positions.stream()
                .sorted()
                .flatMap(position -> read(position - 1, position, Set.of(), 1).stream())
                .toList();
    }

    @Override
    public long count(long upTo, Set<String> contexts) {
        return upTo;
    }

    @Override
    public Optional<UUID> organizationOf(String aggregateId) {
        var known = owners.getIfPresent(aggregateId);
        if (known != null) {
            return Optional.of(known);
        }
        var owner = event(aggregateId, 0)
                .map(first ->
                        text(first, "organizationId").map(UUID::fromString).orElse(Actors.ORGANIZATION));
        owner.ifPresent(found -> owners.put(aggregateId, found));
        return owner;
    }

    @Override
    public boolean has(String aggregateId, long version, Map<String, String> metadata) {
        return event(aggregateId, version)
                .filter(found -> metadata.entrySet().stream()
                        .allMatch(wanted -> text(found, wanted.getKey())
                                .filter(wanted.getValue()::equals)
                                .isPresent()))
                .isPresent();
    }

    private Optional<Event> event(String aggregateId, long version) {
        var stream = engine.get().openAggregateStream(aggregateId, version, version + 1);
        try {
            return stream.hasNext()
                    ? Optional.of(stream.next()).filter(found -> found.getAggregateSequenceNumber() == version)
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            stream.cancel();
        }
    }

    private static Optional<String> text(Event event, String key) {
        return Optional.ofNullable(event.getMetaDataMap().get(key)).map(MetaDataValue::getTextValue);
    }
}
