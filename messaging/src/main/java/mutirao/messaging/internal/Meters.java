package mutirao.messaging.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import mutirao.messaging.NotConfirmed;
import org.jspecify.annotations.Nullable;

/// What is counted and timed, and the observations that carry a trace along (`traceparent` of the W3C).
///
/// `messaging.published` and `messaging.consumed` count by event, group and outcome; an event is told by the
/// pattern it was handled by, so that neighbours cannot make up new ones. `messaging.in.flight`, `messaging.lag`
/// and `messaging.dead.letters` are gauges.
final class Meters {
    private final MeterRegistry registry;
    private final ObservationRegistry observations;
    /// Looking one up by its tags takes longer than reading a small message.
    private final Map<Object, Counter> counters = new ConcurrentHashMap<>();

    private record Published(String event, Told outcome) {}

    private record Consumed(String group, String event, Outcome outcome) {}

    Meters(MeterRegistry registry, ObservationRegistry observations) {
        this.registry = registry;
        this.observations = observations;
    }

    /// What became of a message that was published.
    enum Told {
        CONFIRMED,
        /// The broker has taken it, and no group listens to its topic: no fault of who publishes.
        NOBODY,
        FAILED;

        static Told of(@Nullable Throwable fault) {
            if (fault == null) {
                return CONFIRMED;
            }
            var cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
            return cause instanceof NotConfirmed unheard && unheard.isNobody() ? NOBODY : FAILED;
        }

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of a message that was taken.
    enum Outcome {
        HANDLED,
        DUPLICATE,
        IGNORED,
        RETRIED,
        DEAD;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void published(String event, Told outcome) {
        counters.computeIfAbsent(
                        new Published(event, outcome),
                        _ -> registry.counter("messaging.published", "event", event, "outcome", outcome.tag()))
                .increment();
    }

    void consumed(String group, String event, Outcome outcome) {
        counters.computeIfAbsent(
                        new Consumed(group, event, outcome),
                        _ -> registry.counter(
                                "messaging.consumed", "group", group, "event", event, "outcome", outcome.tag()))
                .increment();
    }

    /// @param direction `in` or `out`
    void inFlight(String direction, Supplier<Number> count, String... tags) {
        Gauge.builder("messaging.in.flight", count)
                .tags(Tags.of("direction", direction).and(tags))
                .strongReference(true)
                .register(registry);
    }

    /// @param lag -1 when it is not known
    void lag(String group, String topic, Supplier<Number> lag) {
        Gauge.builder("messaging.lag", lag)
                .tags("group", group, "topic", topic)
                .strongReference(true)
                .register(registry);
    }

    void deadLetters(Supplier<Number> count) {
        Gauge.builder("messaging.dead.letters", count).strongReference(true).register(registry);
    }

    /// Sends within an observation, whose trace travels with the message.
    CompletableFuture<Void> observedSend(Wire message, Function<Wire, CompletableFuture<Void>> send) {
        if (observations.isNoop()) {
            return send.apply(message);
        }
        Map<String, String> headers = new HashMap<>(message.headers());
        var context = new SenderContext<Map<String, String>>(
                (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.put(name.toLowerCase(Locale.ROOT), value);
                    }
                },
                Kind.PRODUCER);
        context.setCarrier(headers);
        var observation = Observation.createNotStarted("messaging.publish", () -> context, observations)
                .contextualName(message.topic() + " publish")
                .lowCardinalityKeyValue("topic", message.topic())
                .start();
        var sent = send.apply(new Wire(message.topic(), message.key(), message.attributes(), headers, message.body()));
        return sent.whenComplete((_, fault) -> {
            if (Told.of(fault) == Told.FAILED) {
                observation.error(requireNonNull(fault));
            }
            observation.stop();
        });
    }

    /// Handles within an observation that goes on with the message's trace, and times it as `messaging.handle`.
    <T> T observed(String group, String event, Wire message, Callable<T> handle) throws Exception {
        if (observations.isNoop()) {
            return handle.call();
        }
        var context = new ReceiverContext<Map<String, String>>(
                (carrier, name) -> carrier.get(name.toLowerCase(Locale.ROOT)), Kind.CONSUMER);
        context.setCarrier(message.headers());
        return Observation.createNotStarted("messaging.handle", () -> context, observations)
                .contextualName(group + " handle")
                .lowCardinalityKeyValue("group", group)
                .lowCardinalityKeyValue("event", event)
                .observeChecked(handle::call);
    }
}
