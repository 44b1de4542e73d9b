package mutirao.platform.eventstore;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import mutirao.api.Context;
import mutirao.api.Upcast;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The contexts' [Upcast]s as Axon's chain, which every reader of the store goes through.
final class Upcasters {
    private static final JsonMapper JSON = AxonJson.mapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private Upcasters() {}

    static EventUpcasterChain of(Collection<Context> contexts) {
        return new EventUpcasterChain(contexts.stream()
                .flatMap(context -> context.upcasts().stream())
                .sorted(Comparator.comparingInt(Upcast::from))
                .<EventUpcaster>map(Step::new)
                .toList());
    }

    /// One of them.
    private static final class Step extends SingleEventUpcaster {
        private final Upcast upcast;

        Step(Upcast upcast) {
            this.upcast = upcast;
        }

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return upcast.event().equals(event.getType().getName())
                    && String.valueOf(upcast.from()).equals(event.getType().getRevision());
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(
                    new SimpleSerializedType(upcast.event(), String.valueOf(upcast.to())),
                    JsonNode.class,
                    json -> JSON.valueToTree(upcast.change().apply(JSON.convertValue(json, FIELDS))));
        }
    }
}
