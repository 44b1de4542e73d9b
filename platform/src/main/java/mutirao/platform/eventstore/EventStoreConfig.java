package mutirao.platform.eventstore;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The event store's beans. With `axon.axonserver.enabled=true` the PostgreSQL engine steps aside.
@Configuration(proxyBeanMethods = false)
class EventStoreConfig {
    private static final Duration POLL = Duration.ofMillis(500);

    @Bean
    EventTypes eventTypes() {
        return new EventTypes(Context.all());
    }

    /// Axon's own readers take it from its configuration, which collects such beans.
    @Bean
    EventUpcasterChain upcasters() {
        return Upcasters.of(Context.all());
    }

    @Bean
    Jackson3SerializerCustomizer axonJson() {
        return new AxonJson();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(EventTypes types, Jackson3SerializerCustomizer json) {
        return new NamedEventSerializer(types, json);
    }

    /// Events are stamped with the application's own time, as finely as the store keeps it: PostgreSQL microseconds,
    /// Axon Server milliseconds. An aggregate that has just been told a time must not know it better than one read
    /// back.
    @Bean
    Clock clock(@Value("${axon.axonserver.enabled:true}") boolean axonServer) {
        var clock = Clock.tick(Clock.systemUTC(), axonServer ? Duration.ofMillis(1) : Duration.ofNanos(1000));
        GenericEventMessage.clock = clock;
        return clock;
    }

    /// Axon makes one only if its own configuration happens to come after Spring's; without it nothing is atomic.
    @Bean
    TransactionManager axonTransactions(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return Taken::is;
    }

    @Bean
    EventLogHealth eventLogHealthIndicator(Tail tail) {
        return new EventLogHealth(tail);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    static class InPostgres {
        /// Axon makes one only if its own configuration happens to come after the pool's.
        @Bean
        ConnectionProvider connectionProvider(DataSource pool) {
            return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool));
        }

        @Bean
        Horizon horizon(DataSource pool) {
            return new Horizon(pool);
        }

        @Bean
        Tail tail(Horizon horizon, PostgresEventLog log) {
            return new Tail(log::advance, horizon::waiting, POLL);
        }

        @Bean
        Neighbours neighbours(DataSource pool, Tail tail) {
            return new Neighbours(pool, tail);
        }

        @Bean
        JsonbEventStorageEngine eventStorageEngine(
                Serializer general,
                @Qualifier("eventSerializer") Serializer events,
                org.axonframework.config.Configuration axon,
                ConnectionProvider connections,
                TransactionManager transactions,
                PersistenceExceptionResolver exceptions,
                Horizon horizon,
                Tail tail,
                Neighbours neighbours) {
            var builder = JdbcEventStorageEngine.builder()
                    .snapshotSerializer(general)
                    .eventSerializer(events)
                    .snapshotFilter(axon.snapshotFilter())
                    .connectionProvider(connections)
                    .persistenceExceptionResolver(exceptions);
            return new JsonbEventStorageEngine(
                    builder, transactions, axon.upcasterChain(), horizon, (batch, positions) -> {
                        Positions.note(batch, positions);
                        CurrentUnitOfWork.ifStarted(unit -> unit.root().afterCommit(_ -> {
                            tail.wake();
                            neighbours.tell();
                        }));
                    });
        }

        @Bean
        PostgresEventLog eventLog(
                Horizon horizon, EventTypes types, ObjectProvider<JsonbEventStorageEngine> engine, DataSource pool) {
            return new PostgresEventLog(
                    horizon, types, positions -> engine.getObject().upcast(positions), JdbcClient.create(pool));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true", matchIfMissing = true)
    static class InAxonServer {
        @Bean
        AxonServerEventLog eventLog(
                AxonServerConnectionManager engine,
                @Qualifier("eventSerializer") Serializer json,
                org.axonframework.config.Configuration axon) {
            return new AxonServerEventLog(
                    () -> engine.getConnection().eventChannel(),
                    json,
                    events -> axon.upcasterChain().upcast(events));
        }

        @Bean
        Tail tail(ObjectProvider<AxonServerEventLog> log) {
            return new Tail(() -> log.getObject().horizon(), () -> false, Duration.ofMillis(50));
        }

        /// What is appended is known before it has a position.
        @Bean
        SmartInitializingSingleton versionsOfAppendedEvents(EventStore store) {
            return () -> Positions.follow(store);
        }
    }
}
