package mutirao.platform.saga;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.stream.Subscriber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Runs a saga: reads its state, lets it decide, and stores the new state and its commands in the running transaction.
final class SagaSubscriber<S extends Record> implements Subscriber {
    private final Saga<S> saga;
    private final CommandJobs jobs;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final JsonMapper json = AxonJson.mapper();

    SagaSubscriber(Saga<S> saga, CommandJobs jobs, JdbcClient db, TransactionTemplate transaction, Clock clock) {
        this.saga = saga;
        this.jobs = jobs;
        this.db = db;
        this.transaction = transaction;
        this.clock = clock;
        jobs.onRefusal(name(), this::refused);
    }

    @Override
    public String name() {
        return "saga:" + saga.name();
    }

    @Override
    public Set<String> contexts() {
        return saga.contexts();
    }

    @Override
    public Collection<String> sequencesOf(RecordedEvent event) {
        return saga.keysOf(event.event()).stream().map(UUID::toString).toList();
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        var states = load(deliveries.stream()
                .map(delivery -> UUID.fromString(delivery.sequence()))
                .distinct()
                .toList());
        var changed = new HashMap<UUID, @Nullable S>();
        for (var delivery : deliveries) {
            var id = UUID.fromString(delivery.sequence());
            var event = delivery.event();
            var before = changed.containsKey(id) ? changed.get(id) : states.get(id);
            var step = saga.on(before, event.event(), event.meta());
            changed.put(id, step.state());
            jobs.store(name(), delivery.sequence(), step.orders(), event.meta());
        }
        var position = deliveries.getLast().event().meta().position();
        changed.forEach((id, state) -> save(id, state, position));
        hurryAfterCommit();
    }

    private void hurryAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                jobs.hurry();
            }
        });
    }

    private void refused(UUID id, DomainCommand command, String reason, CommandJob job) {
        transaction.executeWithoutResult(_ -> {
            var state = load(List.of(id)).get(id);
            if (state != null) {
                var step = saga.refused(state, command, reason);
                save(id, step.state(), 0);
                jobs.store(name(), id.toString(), step.orders(), job);
                hurryAfterCommit();
            }
        });
    }

    private Map<UUID, S> load(Collection<UUID> ids) {
        var states = new HashMap<UUID, S>();
        db.sql("select id, state::text from saga where name = ? and id = any(?) order by id for update")
                .params(saga.name(), ids.toArray(UUID[]::new))
                .query((row, _) ->
                        states.put(row.getObject(1, UUID.class), json.readValue(row.getString(2), saga.state())))
                .list();
        return states;
    }

    private void save(UUID id, @Nullable S state, long position) {
        if (state == null) {
            return;
        }
        db.sql("""
                        insert into saga (name, id, state, position, updated_at) values (?, ?, ?::jsonb, ?, ?)
                        on conflict (name, id) do update
                        set state = excluded.state, position = greatest(saga.position, excluded.position),
                            updated_at = excluded.updated_at
                        """)
                .params(
                        saga.name(),
                        id,
                        json.writeValueAsString(state),
                        position,
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }
}
