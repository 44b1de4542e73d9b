package mutirao.entrega.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Personal;
import mutirao.api.Quantia;
import org.jspecify.annotations.Nullable;

/// A delivery as people see it.
///
/// @param version      how many events it has had, from 0
/// @param acceptUntil  when the volunteer's silence ends it; null before it is assigned
/// @param finishUntil  when it fails unless concluded; null before it is accepted
/// @param steps        how far its saga has come, in order
/// @param failure      what failed it; null unless it failed
/// @param position     the last reported place; null before the first, and for who need not know it
/// @param reason       why it was refused or cancelled
/// @param goodsReturned what a cancellation said of the goods; null where they never left
public record EntregaResumo(
        UUID id,
        long version,
        EntregaStatus status,
        UUID ofertaId,
        UUID necessidadeId,
        UUID volunteerId,
        List<Quantia> items,
        UUID reservaId,
        @Nullable Instant acceptUntil,
        @Nullable Instant finishUntil,
        List<Passo.Etapa> steps,
        @Nullable Falha failure,
        @Personal(subject = "volunteerId") @Nullable Posicao position,
        @Nullable UUID receiverId,
        int codeCounter,
        boolean codeLocked,
        @Nullable String reason,
        @Nullable Boolean goodsReturned,
        Instant createdAt,
        Instant updatedAt) {

    /// What the others who are concerned see of it: without where the volunteer is.
    public EntregaResumo semPosicao() {
        return new EntregaResumo(
                id,
                version,
                status,
                ofertaId,
                necessidadeId,
                volunteerId,
                items,
                reservaId,
                acceptUntil,
                finishUntil,
                steps,
                failure,
                null,
                receiverId,
                codeCounter,
                codeLocked,
                reason,
                goodsReturned,
                createdAt,
                updatedAt);
    }

    /// What failed a delivery.
    ///
    /// @param step   what it was waiting for
    /// @param reason the broken rule or the deadline that passed
    public record Falha(Passo step, String reason) {}

    /// A place the volunteer reported.
    ///
    /// @param at when it was so, as reported, else as recorded
    public record Posicao(double latitude, double longitude, Instant at) {}
}
