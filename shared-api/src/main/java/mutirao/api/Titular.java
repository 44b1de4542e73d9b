package mutirao.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Whoever holds units of a resource: a process, of which the resource knows nothing but this id. It is stored and told
/// as `entregaId`, because deliveries were the first.
public record Titular(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Titular {}
}
