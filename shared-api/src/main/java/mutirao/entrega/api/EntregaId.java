package mutirao.entrega.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;

/// Identifies a delivery; also the id of its saga, of its commitment to the need and, where it takes no other hold
/// over, of its reservation.
public record EntregaId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntregaId {}

    @Override
    public String context() {
        return "entrega";
    }

    @Override
    public String toString() {
        return stored();
    }
}
