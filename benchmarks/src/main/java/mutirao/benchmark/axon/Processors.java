package mutirao.benchmark.axon;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.async.FullConcurrencyPolicy;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Axon's own processors, store and token store, put together as its Spring Boot starter does, so that they can be
/// started and stopped one by one.
final class Processors {
    private final JdbcClient db;
    private final EntityManager rows;
    private final SpringTransactionManager transactions;
    private final ConnectionProvider connections;
    private final EmbeddedEventStore store;

    Processors(ConfigurableApplicationContext context) {
        var pool = context.getBean(DataSource.class);
        db = JdbcClient.create(pool);
        rows = context.getBean(EntityManager.class);
        transactions = new SpringTransactionManager(context.getBean(PlatformTransactionManager.class));
        connections = new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool));
        store = EmbeddedEventStore.builder()
                .storageEngine(new Store(connections, transactions))
                .build();
        transactions.executeInTransaction(() -> tokens().createSchema(PostgresTokenTableFactory.INSTANCE));
    }

    private JdbcTokenStore tokens() {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(Serializers.ofEvents())
                .schema(TokenSchema.builder().setTokenTable("jpa.token_entry").build())
                .build();
    }

    void run(String projection, String variant, Duration time) throws InterruptedException {
        db.sql("truncate jpa." + projection).update();
        db.sql("delete from jpa.token_entry").update();
        var total = db.sql("select max(global_index) from public.domain_event")
                .query(Long.class)
                .single();
        var handlers = Handlers.of(projection, rows);
        var processor = processor(handlers, variant);
        processor.start();
        // From its first event on, so that claiming its token does not count against it.
        await(() -> handlers.handled() > 0, Duration.ofSeconds(30));
        var begin = System.nanoTime();
        var before = handlers.handled();
        await(() -> arrived(processor, total), time);
        var handled = handlers.handled() - before;
        var took = System.nanoTime() - begin;
        var failed = processor.isError()
                || processor.processingStatus().values().stream().anyMatch(EventTrackerStatus::isErrorState);
        processor.shutDown();
        if (failed) {
            throw new IllegalStateException(projection + " " + variant + " has failed");
        }
        System.out.printf("RATE %s %s %.1f %d%n", projection, variant, handled / (took / 1e9), handled);
    }

    private static void await(BooleanSupplier done, Duration atMost) throws InterruptedException {
        var begin = System.nanoTime();
        while (System.nanoTime() - begin < atMost.toNanos() && !done.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static boolean arrived(StreamingEventProcessor processor, long total) {
        var segments = processor.processingStatus().values();
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= total);
    }

    private StreamingEventProcessor processor(Handlers handlers, String variant) {
        var kind = variant.substring(0, variant.indexOf('-'));
        var batch = Integer.parseInt(variant.substring(kind.length() + 1));
        var invoker = new MultiEventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                .eventHandlers(handlers)
                .sequencingPolicy(policy(handlers))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build());
        if (kind.equals("tracking")) {
            return TrackingEventProcessor.builder()
                    .name(variant)
                    .eventHandlerInvoker(invoker)
                    .messageSource(store)
                    .tokenStore(tokens())
                    .transactionManager(transactions)
                    .trackingEventProcessorConfiguration(
                            TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                    .andBatchSize(batch))
                    .errorHandler(PropagatingErrorHandler.instance())
                    .build();
        }
        return PooledStreamingEventProcessor.builder()
                .name(variant)
                .eventHandlerInvoker(invoker)
                .messageSource(store)
                .tokenStore(tokens())
                .transactionManager(transactions)
                .coordinatorExecutor(name -> Executors.newScheduledThreadPool(1, daemon(name)))
                .workerExecutor(name -> Executors.newScheduledThreadPool(2, daemon(name)))
                .initialSegmentCount(2)
                .initialToken(source -> source.createTailToken())
                .batchSize(batch)
                .errorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    private static SequencingPolicy<? super EventMessage<?>> policy(Handlers handlers) {
        if (handlers instanceof AuditoriaHandlers) {
            return new FullConcurrencyPolicy();
        }
        return handlers.parallel() ? SequentialPerAggregatePolicy.instance() : new SequentialPolicy();
    }
}
