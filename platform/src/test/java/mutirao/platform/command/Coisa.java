package mutirao.platform.command;

import java.util.UUID;
import mutirao.api.AggregateId;
import mutirao.api.DomainCommand;

/// A command on anything at all.
record Coisa(CoisaId id) implements DomainCommand {
    /// A new one.
    static Coisa nova() {
        return new Coisa(new CoisaId(UUID.randomUUID()));
    }

    record CoisaId(UUID value) implements AggregateId {
        @Override
        public String context() {
            return "coisa";
        }

        @Override
        public String toString() {
            return stored();
        }
    }
}
