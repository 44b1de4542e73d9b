package mutirao.platform.eventstore;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.api.Upcast;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.springframework.beans.BeanUtils;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The events' [Upcast]s as Axon's chain, which every reader of the store goes through.
final class Upcasters {
    private static final JsonMapper JSON = AxonJson.mapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private Upcasters() {}

    static EventUpcasterChain of(Collection<Context> contexts) {
        return new EventUpcasterChain(contexts.stream()
                .flatMap(Context::eventTypes)
                .flatMap(Upcasters::steps)
                .toList());
    }

    private static Stream<EventUpcaster> steps(Class<? extends DomainEvent> event) {
        var type = event.getAnnotation(EventType.class);
        return IntStream.range(0, type.upcasts().length)
                .mapToObj(i -> new Step(type.value(), i + 1, BeanUtils.instantiateClass(type.upcasts()[i])));
    }

    /// One of them.
    private static final class Step extends SingleEventUpcaster {
        private final SimpleSerializedType from;
        private final SimpleSerializedType to;
        private final Upcast upcast;

        Step(String event, int revision, Upcast upcast) {
            this.from = new SimpleSerializedType(event, String.valueOf(revision));
            this.to = new SimpleSerializedType(event, String.valueOf(revision + 1));
            this.upcast = upcast;
        }

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return from.equals(event.getType());
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(
                    to, JsonNode.class, json -> JSON.valueToTree(upcast.apply(JSON.convertValue(json, FIELDS))));
        }
    }
}
