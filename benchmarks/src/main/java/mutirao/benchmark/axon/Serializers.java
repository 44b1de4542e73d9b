package mutirao.benchmark.axon;

import java.util.List;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.Context;
import mutirao.platform.eventstore.EventTypes;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/// Axon's Jackson serializer with the program's settings, reading events under the names they are stored by.
final class Serializers extends Jackson3Serializer {
    private final EventTypes types;

    private Serializers(EventTypes types) {
        super(builder().revisionResolver(types).jsonMapperBuilderCustomizer(new AxonJson()));
        this.types = types;
    }

    static Serializers ofEvents() {
        return new Serializers(new EventTypes(List.copyOf(Context.all())));
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        return types.classOf(type.getName()).map(Class::getName).orElse(type.getName());
    }
}
