package mutirao.platform.eventstore;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;

/// Axon's JSON serializer, but what lies in the store is the event's own name, not that of its Java class.
final class NamedEventSerializer extends Jackson3Serializer {
    private final EventTypes types;

    NamedEventSerializer(EventTypes types, Jackson3SerializerCustomizer json) {
        super(builder().revisionResolver(types).jsonMapperBuilderCustomizer(json));
        this.types = types;
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(Class type) {
        return EventTypes.nameOf(type)
                .<SerializedType>map(name ->
                        new SimpleSerializedType(name, getRevisionResolver().revisionOf(type)))
                .orElseGet(() -> super.typeForClass(type));
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        return types.classOf(type.getName()).map(Class::getName).orElse(type.getName());
    }
}
