package mutirao.platform.command;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import mutirao.platform.eventstore.Engine;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.ExecutionException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/// A store that commits as Axon Server does: by itself, in the phase of that name, one event at each place of an
/// aggregate, and sometimes without an answer.
final class Motor extends InMemoryEventStorageEngine implements Engine {
    /// What becomes of the next commit.
    enum Vez {
        RESPONDE,
        GUARDA_E_CALA,
        PERDE,
        CONGELA
    }

    private final List<List<DomainEventMessage<?>>> frozen = new ArrayList<>();
    private Vez vez = Vez.RESPONDE;
    private Runnable antesDeLer = () -> {};
    private long head;

    /// From now on.
    void agora(Vez next) {
        vez = next;
    }

    /// Once, before the next aggregate is read.
    void antesDeLer(Runnable action) {
        antesDeLer = action;
    }

    /// What was frozen arrives.
    ///
    /// @return whether it was still taken
    boolean degela() {
        var late = List.copyOf(frozen);
        frozen.clear();
        try {
            late.forEach(this::guarda);
            return !late.isEmpty();
        } catch (RuntimeException refused) {
            return false;
        }
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        var batch = events.stream()
                .<DomainEventMessage<?>>map(event -> (DomainEventMessage<?>) event)
                .toList();
        CurrentUnitOfWork.get().root().onCommit(_ -> commit(batch));
    }

    private void commit(List<DomainEventMessage<?>> batch) {
        switch (vez) {
            case RESPONDE -> guarda(batch);
            case GUARDA_E_CALA -> {
                guarda(batch);
                throw calado();
            }
            case PERDE -> throw Status.UNAVAILABLE.asRuntimeException();
            case CONGELA -> {
                frozen.add(batch);
                throw calado();
            }
        }
    }

    private static RuntimeException calado() {
        return new ExecutionException("Timeout while executing request", new TimeoutException());
    }

    private void guarda(List<DomainEventMessage<?>> batch) {
        var first = batch.getFirst();
        var next = lastSequenceNumberFor(first.getAggregateIdentifier()).orElse(-1L) + 1;
        if (first.getSequenceNumber() != next) {
            var code = new Metadata();
            code.put(Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER), "AXONIQ-2000");
            throw Status.OUT_OF_RANGE
                    .withDescription("[AXONIQ-2000] Invalid sequence number %d for aggregate %s, expected %d"
                            .formatted(first.getSequenceNumber(), first.getAggregateIdentifier(), next))
                    .asRuntimeException(code);
        }
        head += batch.size();
        // Outside of the unit of work, which is past the phase in which the store in memory appends.
        var unit = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get() : null;
        if (unit != null) {
            CurrentUnitOfWork.clear(unit);
        }
        super.appendEvents(batch);
        if (unit != null) {
            CurrentUnitOfWork.set(unit);
        }
    }

    @Override
    public DomainEventStream readEvents(String aggregate, long first) {
        var action = antesDeLer;
        antesDeLer = () -> {};
        action.run();
        return super.readEvents(aggregate, first);
    }

    @Override
    public long horizon() {
        return head;
    }

    @Override
    public boolean has(String aggregate, long version, Map<String, String> metadata) {
        var events = super.readEvents(aggregate, version);
        return events.hasNext() && events.next().getMetaData().entrySet().containsAll(metadata.entrySet());
    }
}
