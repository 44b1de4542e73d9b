package mutirao.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.NotConfirmed;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Producer;
import mutirao.messaging.internal.memory.MemoryTransport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/// What one cause brought about is found again: the trace by `traceparent`, the messages by their correlation id.
class TracesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
            .withUserConfiguration(Primeiro.class, Segundo.class, Tracing.class);

    static class Tracing {
        @Bean
        Tracer tracer() {
            return new OtelTracer(
                    SdkTracerProvider.builder().build().get("teste"), new OtelCurrentTraceContext(), _ -> {});
        }

        @Bean
        ObservationRegistry observations(Tracer tracer) {
            var w3c = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
            var propagator =
                    new OtelPropagator(w3c, SdkTracerProvider.builder().build().get("teste"));
            var registry = ObservationRegistry.create();
            registry.observationConfig()
                    .observationHandler(new FirstMatchingCompositeObservationHandler(
                            new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                            new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                            new DefaultTracingObservationHandler(tracer)));
            return registry;
        }
    }

    record Seen(Message<JsonNode> message, String trace, String span) {}

    private static Seen seen(Message<JsonNode> message, Tracer tracer) {
        var context = Objects.requireNonNull(tracer.currentSpan()).context();
        return new Seen(message, context.traceId(), context.spanId());
    }

    @Consumer(group = "primeiro", topics = "t")
    record Primeiro(Producer producer, Tracer tracer, List<Seen> all) {
        @Autowired
        Primeiro(Producer producer, Tracer tracer) {
            this(producer, tracer, new CopyOnWriteArrayList<>());
        }

        @OnEvent("causa.dada")
        void on(Message<JsonNode> message) {
            all.add(seen(message, tracer));
            producer.publish("u", "efeito.dado", null, 1);
        }
    }

    @Consumer(group = "segundo", topics = "u")
    record Segundo(Tracer tracer, List<Seen> all) {
        @Autowired
        Segundo(Tracer tracer) {
            this(tracer, new CopyOnWriteArrayList<>());
        }

        @OnEvent("efeito.dado")
        void on(Message<JsonNode> message) {
            all.add(seen(message, tracer));
        }
    }

    @Test
    void o_rastro_segue_a_mensagem_de_servico_em_servico() {
        application.run(context -> {
            var headers = new CopyOnWriteArrayList<Map<String, String>>();
            ((MemoryTransport) context.getBean(Transport.class)).watch(wire -> headers.add(wire.headers()));
            var tracer = context.getBean(Tracer.class);
            var request = tracer.nextSpan().name("pedido").start();
            try (var _ = tracer.withSpan(request)) {
                context.getBean(Producer.class).publish("t", "causa.dada", null, 1);
            } finally {
                request.end();
            }
            await().atMost(LONG)
                    .until(() -> context.getBean(Segundo.class).all().size() == 1);
            var first = context.getBean(Primeiro.class).all().getFirst();
            var second = context.getBean(Segundo.class).all().getFirst();
            var trace = request.context().traceId();
            assertThat(first.trace()).isEqualTo(trace);
            assertThat(second.trace()).isEqualTo(trace);
            assertThat(List.of(first.span(), second.span(), request.context().spanId()))
                    .doesNotHaveDuplicates();
            assertThat(headers)
                    .hasSize(2)
                    .allSatisfy(each ->
                            assertThat(each.get("traceparent")).matches("00-" + trace + "-[0-9a-f]{16}-0[0-9a-f]"));
        });
    }

    @Test
    void a_correlacao_segue_a_causa() {
        application.run(context -> {
            var producer = context.getBean(Producer.class);
            var alone = producer.message("t", "causa.dada", null, 1);
            var given = new Message<>("t", "m-1", "causa.dada", null, 1, alone.time(), "teste", "causa-1", Map.of());
            assertThat(alone.correlationId()).isNull();
            NotConfirmed.await(producer.send(alone));
            NotConfirmed.await(producer.send(given));
            await().atMost(LONG)
                    .until(() -> context.getBean(Segundo.class).all().size() == 2);
            assertThat(context.getBean(Primeiro.class).all())
                    .extracting(each -> each.message().correlationId())
                    .containsExactlyInAnyOrder(null, "causa-1");
            assertThat(context.getBean(Segundo.class).all())
                    .extracting(each -> each.message().correlationId())
                    .containsExactlyInAnyOrder(alone.id(), "causa-1");
        });
    }
}
