package mutirao.benchmark.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.messaging.Broker;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.internal.MessagingAutoConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;

/// As applications use it: a producer, and a handler that does nothing.
final class WithLibrary implements Way {
    private final Broker broker;
    private final String topic;
    private final AnnotationConfigApplicationContext publishing;

    WithLibrary(Broker broker, String topic) {
        this.broker = broker;
        this.topic = topic;
        this.publishing = context(Map.of());
    }

    private AnnotationConfigApplicationContext context(Map<String, Object> more, Class<?>... beans) {
        var context = new AnnotationConfigApplicationContext();
        var properties = new HashMap<String, Object>(more);
        properties.put("spring.application.name", "benchmark");
        properties.put("mutirao.messaging.max-in-flight", IN_FLIGHT);
        properties.put("topic", topic);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("benchmark", properties));
        context.getBeanFactory().registerSingleton("broker", broker);
        context.register(MessagingAutoConfiguration.class);
        for (var bean : beans) {
            context.register(bean);
        }
        context.refresh();
        return context;
    }

    @Override
    public void publish(int count) throws InterruptedException {
        var producer = publishing.getBean(Producer.class);
        var failed = new AtomicReference<Throwable>();
        var open = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            var _ = send(producer, i).whenComplete((_, fault) -> {
                if (fault != null) {
                    failed.set(fault);
                }
                open.countDown();
            });
        }
        open.await();
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
    }

    /// Puts it under load.
    Pressure pressure() {
        var producer = publishing.getBean(Producer.class);
        return new Pressure(i -> send(producer, i));
    }

    private CompletableFuture<Void> send(Producer producer, int i) {
        return producer.send(producer.message(topic, "item.seen", Way.key(i), Item.of(i)));
    }

    /// Counts what comes.
    @Consumer(group = "${topic}-group", topics = "${topic}")
    static class Counted {
        private final Span span;

        Counted(@Value("${count}") int count) {
            span = new Span(count);
        }

        @OnEvent("item.seen")
        void on(Message<JsonNode> message) {
            span.one();
        }

        @OnEvent("item.hello")
        void there() {
            span.one();
        }
    }

    /// Lets the group be there before anything is published: on RabbitMQ it gets only what comes after it.
    void prepare() throws InterruptedException {
        try (var context = context(Map.of("count", 2), Counted.class)) {
            var producer = context.getBean(Producer.class);
            for (int greeted = 0; greeted < 2; ) {
                try {
                    producer.publish(topic, "item.hello", null, Map.of());
                    greeted++;
                } catch (NotConfirmed e) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
            context.getBean(Counted.class).span.rate();
        }
    }

    @Override
    public double consume(int count) throws InterruptedException {
        try (var context = context(Map.of("count", count), Counted.class)) {
            return context.getBean(Counted.class).span.rate();
        }
    }

    @Override
    public void close() {
        publishing.close();
    }
}
