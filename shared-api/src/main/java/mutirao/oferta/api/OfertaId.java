package mutirao.oferta.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;

/// Identifies an offer.
public record OfertaId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OfertaId {}

    @Override
    public String context() {
        return "oferta";
    }

    @Override
    public String toString() {
        return stored();
    }
}
