package mutirao.platform.projection;

import java.util.UUID;
import mutirao.api.AggregateId;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;

/// What can happen in a context that the product does not have.
sealed interface Gato extends DomainEvent {
    @Override
    GatoId id();

    record GatoId(UUID value) implements AggregateId {
        @Override
        public String context() {
            return "gato";
        }

        @Override
        public String toString() {
            return stored();
        }
    }

    @EventType("gato.GatoNasceu")
    record GatoNasceu(GatoId id, String name) implements Gato {}

    @EventType("gato.GatoComeu")
    record GatoComeu(GatoId id, long grams) implements Gato {}

    @EventType("gato.GatoSumiu")
    record GatoSumiu(GatoId id) implements Gato {}

    /// In another context, of whose events a cat's row may be folded too.
    @EventType("tigela.TigelaCheia")
    record TigelaCheia(TigelaId id, GatoId gato) implements DomainEvent {}

    record TigelaId(UUID value) implements AggregateId {
        @Override
        public String context() {
            return "tigela";
        }
    }
}
