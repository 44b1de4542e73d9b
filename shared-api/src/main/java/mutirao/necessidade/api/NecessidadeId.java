package mutirao.necessidade.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;

/// Identifies a need.
public record NecessidadeId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NecessidadeId {}

    @Override
    public String context() {
        return "necessidade";
    }

    @Override
    public String toString() {
        return stored();
    }
}
