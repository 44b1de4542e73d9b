package mutirao.organizacao.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import mutirao.api.AggregateId;

/// Identifies an organization; every message and row of its own carries the value as `organizationId`.
public record OrganizacaoId(@JsonValue UUID value) implements AggregateId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrganizacaoId {}

    @Override
    public String context() {
        return "organizacao";
    }

    @Override
    public String toString() {
        return stored();
    }
}
