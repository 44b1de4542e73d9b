package mutirao.entrega.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;
import mutirao.api.Titular;

/// Identifies a delivery; also the id of its saga, of its commitment to the need and, where it takes no other hold
/// over, of its reservation.
public record EntregaId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntregaId {}

    /// The delivery that holds units; of another process's, one that there is not.
    public static EntregaId of(Titular titular) {
        return new EntregaId(titular.value());
    }

    /// What offers and needs know of it.
    public Titular titular() {
        return new Titular(value);
    }

    @Override
    public String context() {
        return "entrega";
    }

    @Override
    public String toString() {
        return stored();
    }
}
