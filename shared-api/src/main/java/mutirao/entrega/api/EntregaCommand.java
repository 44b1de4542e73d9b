package mutirao.entrega.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.DomainCommand;
import mutirao.api.Quantia;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaId;
import org.jspecify.annotations.Nullable;

/// What can be asked of a delivery. `CriarAssignment`, `NotificarVoluntario` and `FalharEntrega` come from its saga.
public sealed interface EntregaCommand extends DomainCommand {
    @Override
    EntregaId id();

    /// @param reservaId a hold made by hand that the delivery takes over; null to make one of its own
    record SolicitarEntrega(
            EntregaId id,
            OfertaId ofertaId,
            NecessidadeId necessidadeId,
            UUID volunteerId,
            List<Quantia> items,
            @Nullable UUID reservaId)
            implements EntregaCommand {}

    /// @param acceptUntil when the volunteer's silence ends the delivery
    record CriarAssignment(EntregaId id, Instant acceptUntil) implements EntregaCommand {}

    record NotificarVoluntario(EntregaId id) implements EntregaCommand {}

    record AceitarEntrega(EntregaId id) implements EntregaCommand {}

    record RecusarEntrega(EntregaId id, String reason) implements EntregaCommand {}

    record IniciarEntrega(EntregaId id, @Nullable Instant occurredAt) implements EntregaCommand {}

    record RegistrarPosicao(
            EntregaId id,
            double latitude,
            double longitude,
            @Nullable Instant occurredAt) implements EntregaCommand {}

    record ConcluirEntrega(
            EntregaId id,
            UUID receiverId,
            String confirmationCode,
            @Nullable Instant occurredAt) implements EntregaCommand {}

    record RenovarCodigo(EntregaId id) implements EntregaCommand {}

    /// @param goodsReturned whether the goods came back; must be said once the volunteer has them
    record CancelarEntrega(
            EntregaId id, String reason, @Nullable Boolean goodsReturned) implements EntregaCommand {}

    /// Fails the delivery unless it has got past what it was waiting for at `step`; changes nothing then.
    record FalharEntrega(EntregaId id, Passo step, String reason) implements EntregaCommand {}
}
