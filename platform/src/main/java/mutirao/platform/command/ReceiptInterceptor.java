package mutirao.platform.command;

import java.util.UUID;
import mutirao.api.AggregateId;
import mutirao.api.DomainCommand;
import mutirao.platform.command.Idempotency.Claim;
import mutirao.platform.eventstore.Engine;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Position;
import mutirao.platform.eventstore.Positions;
import mutirao.platform.identity.ActorMetadata;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/// Around every command handler: finds nothing of another organization's, refuses a stale version, takes effect once
/// per idempotency key, and answers with the place of the last event.
final class ReceiptInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final Idempotency idempotency;
    private final ObjectProvider<EventStore> store;
    private final ObjectProvider<EventLog> log;
    private final ObjectProvider<Engine> engine;

    ReceiptInterceptor(
            Idempotency idempotency,
            ObjectProvider<EventStore> store,
            ObjectProvider<EventLog> log,
            ObjectProvider<Engine> engine) {
        this.idempotency = idempotency;
        this.store = store;
        this.log = log;
        this.engine = engine;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain)
            throws Exception {
        var message = unit.getMessage();
        if (!(message.getPayload() instanceof DomainCommand command)) {
            return chain.proceed();
        }
        var pending = new PendingReceipt();
        var claim = idempotency.claim(message.getMetaData());
        if (claim != null && claim.answer() != null) {
            pending.fill(claim.answer());
            return pending;
        }
        requireOwn(command.id(), ActorMetadata.organization(message.getMetaData()));
        requireVersion(command.id(), (Long) message.getMetaData().get(Sender.EXPECTED_VERSION));
        if (engine.getIfAvailable() == null) {
            inOneTransaction(unit, chain, command.id(), claim, pending);
        } else {
            beforeTheEngine(unit, chain, command.id(), claim, pending);
        }
        return pending;
    }

    /// Events and answer are one transaction of the database.
    private void inOneTransaction(
            UnitOfWork<?> unit, InterceptorChain chain, AggregateId id, @Nullable Claim claim, PendingReceipt pending)
            throws Exception {
        var result = chain.proceed();
        // Registered after the handler has run, hence called after the events were appended.
        unit.onPrepareCommit(_ -> {
            pending.fill(receipt(unit, id, result));
            if (claim != null) {
                idempotency.answered(claim, pending.get());
            }
        });
    }

    /// The engine commits by itself, and knows a position only then. What it will be asked about later is written
    /// before.
    private void beforeTheEngine(
            UnitOfWork<?> unit, InterceptorChain chain, AggregateId id, @Nullable Claim claim, PendingReceipt pending)
            throws Exception {
        // Handlers of this phase run in reverse: the engine's commit, registered later, has been.
        unit.onCommit(_ -> pending.fill(pending.get().at(log.getObject().horizon())));
        var result = proceed(chain, claim);
        unit.onPrepareCommit(_ -> {
            pending.fill(receipt(unit, id, result));
            if (claim != null) {
                var stream = Positions.of(unit).isPresent() ? id.stored() : null;
                idempotency.intend(claim, stream, pending.get());
            }
        });
        if (claim != null) {
            unit.afterCommit(_ -> idempotency.landed(claim, pending.get()));
        }
    }

    private @Nullable Object proceed(InterceptorChain chain, @Nullable Claim claim) throws Exception {
        try {
            return chain.proceed();
        } finally {
            if (claim != null) {
                idempotency.requireOpen(claim);
            }
        }
    }

    /// Another organization's aggregates are as good as not there.
    private void requireOwn(AggregateId id, UUID organization) {
        var owner = log.getObject().organizationOf(id.stored());
        if (owner.isPresent() && !owner.get().equals(organization)) {
            throw new AggregateNotFoundException(id.stored(), "not in this organization");
        }
    }

    private void requireVersion(AggregateId id, @Nullable Long expected) {
        if (expected == null) {
            return;
        }
        var actual = store.getObject().lastSequenceNumberFor(id.stored());
        if (actual.isPresent() && !actual.get().equals(expected)) {
            throw new VersionConflict(expected, actual.get());
        }
    }

    private Receipt receipt(UnitOfWork<?> unit, AggregateId id, @Nullable Object result) {
        var outcome = result instanceof Outcome said ? said : new Outcome(null, null);
        UUID about = outcome.part() == null ? id.value() : outcome.part();
        var last = Positions.of(unit)
                .orElseGet(() -> new Positions.Last(
                        log.getObject().horizon(),
                        store.getObject().lastSequenceNumberFor(id.stored()).orElse(0L)));
        return new Receipt(about, last.version(), new Position(last.position()), outcome.refusal());
    }
}
