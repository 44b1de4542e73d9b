package mutirao.usuario.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;

/// Identifies a person within one organization; the same person has another id in another one.
public record UsuarioId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UsuarioId {}

    @Override
    public String context() {
        return "usuario";
    }

    @Override
    public String toString() {
        return stored();
    }
}
