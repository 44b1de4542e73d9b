package mutirao.platform.command;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.Engine;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.retention.Outdated;
import mutirao.platform.retention.RetentionSettings;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.ExponentialBackOffIntervalRetryScheduler;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The command bus's beans, around the ones that Axon configures by itself.
@Configuration(proxyBeanMethods = false)
class CommandConfig {
    /// A snapshot after so many events of one aggregate.
    private static final int SNAPSHOT_EVERY = 100;

    private static final int RETRIES = 8;
    private static final int BACK_OFF_MILLIS = 5;
    /// So many wait for their aggregate again at once.
    private static final int RETRYING = 64;

    @Bean
    Idempotency idempotency(JdbcClient db, ObjectProvider<Engine> engine) {
        return new Idempotency(db, AxonJson.mapper(), engine);
    }

    @Bean
    Outdated oldAnswers(JdbcClient db, RetentionSettings settings) {
        return Outdated.rows(db, "answers of idempotency keys", settings.answers(), "idempotency", "answered_at");
    }

    @Bean
    MessageHandlerInterceptor<CommandMessage<?>> receiptInterceptor(
            Idempotency idempotency,
            ObjectProvider<EventStore> store,
            ObjectProvider<EventLog> log,
            ObjectProvider<Engine> engine) {
        return new ReceiptInterceptor(idempotency, store, log, engine);
    }

    @Bean
    CommandTargetResolver commandTargetResolver() {
        return new VersionedTarget();
    }

    @Bean
    Commands commands(CommandGateway gateway) {
        return new Commands(gateway);
    }

    @Bean
    Beginning beginning(Commands commands, EventLog log) {
        return new Beginning(commands, log);
    }

    /// As Axon would make it, but for who waits for whom, what becomes of failures, and when the database commits
    /// beside an engine. Commands have half of the connections.
    @Bean
    @Qualifier("localSegment")
    LocalSegment localSegment(
            TransactionManager transactions,
            @Value("${axon.axonserver.enabled:true}") boolean engine,
            DuplicateCommandHandlerResolver duplicates,
            org.axonframework.config.Configuration axon,
            @Value("${spring.datasource.hikari.maximum-pool-size}") int connections) {
        var builder = SimpleCommandBus.builder()
                .transactionManager(engine ? new BeforeTheEngine(transactions) : transactions)
                .duplicateCommandHandlerResolver(duplicates)
                .spanFactory(axon.getComponent(CommandBusSpanFactory.class))
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"));
        var bus = new LocalSegment(builder, new CommandGate(Math.max(1, connections / 2)));
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    /// Retries when another process won the race for an aggregate, and nothing else.
    @Bean
    CommandGateway commandGateway(CommandBus bus, @Qualifier("commandRetries") ScheduledExecutorService retries) {
        var again = ExponentialBackOffIntervalRetryScheduler.builder()
                .retryExecutor(retries)
                .nonTransientFailurePredicate(_ -> false)
                .backoffFactor(BACK_OFF_MILLIS)
                .maxRetryCount(RETRIES)
                .build();
        return DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler((command, failure, failures, send) -> Failure.of(failure)
                                .filter(code -> code.kind() == Failure.RACE)
                                .isPresent()
                        && again.scheduleRetry(command, failure, failures, send))
                .build();
    }

    @Bean(defaultCandidate = false, destroyMethod = "shutdown")
    @Qualifier("commandRetries")
    ScheduledExecutorService commandRetries() {
        return Executors.newScheduledThreadPool(
                RETRYING, Thread.ofVirtual().name("command-retries-", 0).factory());
    }

    /// Axon's own takes snapshots on the command's thread, after its commit but before the aggregate's lock is free:
    /// that thread then waits for a second connection while others hold the pool and wait for the lock.
    @Bean
    SpringAggregateSnapshotter aggregateSnapshotter(
            org.axonframework.config.Configuration axon,
            EventStore store,
            TransactionManager transactions,
            HandlerDefinition handlers,
            ParameterResolverFactory parameters,
            @Qualifier("snapshots") ExecutorService executor) {
        return SpringAggregateSnapshotter.builder()
                .repositoryProvider(axon::repository)
                .eventStore(store)
                .transactionManager(transactions)
                .handlerDefinition(handlers)
                .parameterResolverFactory(parameters)
                .executor(executor)
                .build();
    }

    @Bean(defaultCandidate = false, destroyMethod = "shutdown")
    @Qualifier("snapshots")
    ExecutorService snapshots() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("snapshots").factory());
    }

    @Bean
    SnapshotTriggerDefinition everyHundredEvents(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, SNAPSHOT_EVERY);
    }

    /// An event carries what its command was sent with: the request, or the event that made a saga send it. Commands
    /// are not stored, so their own ids would name nothing. Any provider of ours switches Axon's own off.
    @Bean
    CorrelationDataProvider sender() {
        return new SimpleCorrelationDataProvider(
                "userId", "organizationId", "correlationId", "causationId", "source", "idempotencyKey");
    }
}
