package mutirao.messaging.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.Optional;
import mutirao.messaging.Broker;
import mutirao.messaging.Consumer;
import mutirao.messaging.DeadLetters;
import mutirao.messaging.ProcessedMessages;
import mutirao.messaging.Producer;
import mutirao.messaging.internal.asyncapi.AsyncApiConfiguration;
import mutirao.messaging.internal.memory.MemoryBroker;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/// Makes the library's beans in an application that has it on its class path.
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@EnableConfigurationProperties(Settings.class)
@Import({
    StoreConfiguration.InDatabase.class,
    StoreConfiguration.class,
    AsyncApiConfiguration.class,
    AsyncApiConfiguration.OnTheWeb.class
})
public class MessagingAutoConfiguration {
    private static final String VALIDATOR = "jakarta.validation.Validator";

    @Bean
    static Handlers messagingHandlers(Environment environment, ObjectProvider<Settings> settings) {
        return new Handlers(environment, settings::getObject);
    }

    /// Nobody else asks for them.
    @Bean
    static LazyInitializationExcludeFilter messagingConsumers() {
        return (_, _, type) -> AnnotatedElementUtils.hasAnnotation(type, Consumer.class);
    }

    @Bean
    Choice messagingChoice(Handlers handlers, Settings settings) {
        return new Choice(handlers, settings.consumers());
    }

    @Bean
    static PublishesAdvisor messagingPublishes(ObjectProvider<Producer> producer, Environment environment) {
        return new PublishesAdvisor(producer::getObject, environment);
    }

    @Bean
    @ConditionalOnMissingBean
    MemoryBroker memoryBroker() {
        return new MemoryBroker();
    }

    @Bean
    @ConditionalOnMissingBean
    Broker messagingBroker(Settings settings, Environment environment) {
        return Brokers.of(settings, environment);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Transport messagingTransport(Broker broker, Settings settings, Environment environment, MemoryBroker memory) {
        var name = Optional.ofNullable(settings.clientName()).orElseGet(() -> applicationName(environment));
        return Brokers.open(broker, name, settings, memory);
    }

    @Bean
    Codec messagingCodec(Settings settings, ObjectProvider<Clock> clock) {
        return new Codec(settings.format(), clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    Meters messagingMeters(ObjectProvider<MeterRegistry> registry, ObjectProvider<ObservationRegistry> observations) {
        return new Meters(
                registry.getIfAvailable(SimpleMeterRegistry::new),
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    Outbox messagingOutbox(Transport transport, Meters meters, Settings settings) {
        return new Outbox(transport, meters, settings.maxInFlight(), settings.confirmTimeout());
    }

    @Bean
    Producer messagingProducer(
            Codec codec, Outbox outbox, Settings settings, Environment environment, ObjectProvider<Clock> clock) {
        var name = applicationName(environment);
        return new DirectProducer(
                codec,
                outbox,
                Optional.ofNullable(settings.topic()).orElse(name),
                Optional.ofNullable(settings.source()).orElse(name),
                clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    Undertaker messagingUndertaker(Codec codec, Outbox outbox) {
        return new Undertaker(codec, outbox);
    }

    @Bean
    DeadLetters messagingDeadLetters(LetterStore store, Undertaker undertaker, Meters meters) {
        meters.deadLetters(() -> store.count(null));
        return new KeptLetters(store, undertaker);
    }

    @Bean
    Listening messagingListening(
            Transport transport,
            Handlers handlers,
            Settings settings,
            Meters meters,
            Codec codec,
            Undertaker undertaker,
            ProcessedMessages processed,
            LetterStore letters,
            GroupMaker groups) {
        return new Listening(
                transport, handlers, settings, meters, groups, group -> new Keeper(group, codec, letters, processed));
    }

    @Bean
    Payloads messagingPayloads(Codec codec, ApplicationContext context) {
        return Payloads.of(codec.json(), validator(context));
    }

    @Bean
    GroupMaker messagingGroups(
            Codec codec,
            Payloads payloads,
            ProcessedMessages processed,
            Undertaker undertaker,
            Meters meters,
            ObjectProvider<Clock> clock) {
        return (name, handlers) -> new Group(
                name, handlers, codec, payloads, processed, undertaker, meters, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    Deliverer messagingDeliverer(Handlers handlers, Codec codec, Payloads payloads, ProcessedMessages processed) {
        return new Deliverer(handlers, codec, payloads, processed);
    }

    private static @Nullable Object validator(ApplicationContext context) {
        var loader = MessagingAutoConfiguration.class.getClassLoader();
        return ClassUtils.isPresent(VALIDATOR, loader)
                ? context.getBeanProvider(ClassUtils.resolveClassName(VALIDATOR, loader))
                        .getIfUnique()
                : null;
    }

    private static String applicationName(Environment environment) {
        return environment.getProperty("spring.application.name", "application");
    }
}
