package mutirao.entrega.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.api.Quantia;
import mutirao.api.Titular;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.Passo;
import mutirao.entrega.processo.Andamento;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaEvent.OfertaReservada;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.eventstore.EventMeta;
import org.jspecify.annotations.Nullable;

/// The state of a delivery's saga: whom it deals with, how far each step has come, and how it ends.
///
/// @param holdUntil  when the hold lapses; null before there is one
/// @param withGoods  whether the volunteer has the goods
/// @param end        what is to become of the units; null while it goes on
/// @param occurredAt when the receiver says the goods arrived; null for when it was recorded
record EmCurso(
        EntregaId id,
        OfertaId ofertaId,
        NecessidadeId necessidadeId,
        UUID volunteerId,
        List<Quantia> items,
        UUID reservaId,
        Andamento andamento,
        @Nullable Instant holdUntil,
        boolean withGoods,
        @Nullable Fim end,
        @Nullable Instant occurredAt) {

    /// How a delivery ends.
    enum Fim {
        /// The goods arrived: book them out and the need as met.
        ENTREGAR,
        /// The goods are where they were: give promise and hold back.
        DEVOLVER,
        /// The goods are gone: give the promise back, book them as lost.
        PERDER
    }

    /// What offer and need know of it.
    Titular titular() {
        return id.titular();
    }

    static EmCurso nova(EntregaSolicitada e, EventMeta meta) {
        return new EmCurso(
                e.id(),
                e.ofertaId(),
                e.necessidadeId(),
                e.volunteerId(),
                e.items(),
                e.reservaId(),
                Andamento.novo().apos(e, meta.timestamp()),
                null,
                false,
                null,
                null);
    }

    EmCurso apos(DomainEvent event, EventMeta meta) {
        var steps = andamento.apos(event, meta.timestamp());
        return switch (event) {
            case OfertaReservada e -> with(steps, e.expiresAt(), withGoods, end, occurredAt);
            case EntregaIniciada _ -> with(steps, holdUntil, true, end, occurredAt);
            case EntregaConcluida e -> with(steps, holdUntil, withGoods, Fim.ENTREGAR, e.occurredAt());
            case EntregaRecusada _ -> with(steps, holdUntil, withGoods, Fim.DEVOLVER, occurredAt);
            case EntregaFalhou _ ->
                with(steps, holdUntil, withGoods, withGoods ? Fim.PERDER : Fim.DEVOLVER, occurredAt);
            case EntregaCancelada e ->
                with(steps, holdUntil, withGoods, returned(e) ? Fim.DEVOLVER : Fim.PERDER, occurredAt);
            default -> with(steps, holdUntil, withGoods, end, occurredAt);
        };
    }

    private boolean returned(EntregaCancelada e) {
        return !withGoods || Boolean.TRUE.equals(e.goodsReturned());
    }

    private EmCurso with(
            Andamento steps, @Nullable Instant hold, boolean goods, @Nullable Fim fim, @Nullable Instant occurred) {
        return new EmCurso(
                id, ofertaId, necessidadeId, volunteerId, items, reservaId, steps, hold, goods, fim, occurred);
    }

    /// Whether a command to offer or need has left whose answer has not come. What it answers decides what is to be
    /// undone, so nothing is undone before.
    boolean awaitsAnswer() {
        return andamento.running(Passo.RESERVAR)
                || andamento.running(Passo.COMPROMETER)
                || andamento.running(Passo.CONFIRMAR);
    }

    /// Whether everything is done, or everything that was done is undone.
    boolean settled() {
        return end == Fim.ENTREGAR
                ? andamento.done(Passo.ATENDER)
                : end != null
                        && !awaitsAnswer()
                        && !andamento.done(Passo.COMPROMETER)
                        && !andamento.done(Passo.RESERVAR);
    }
}
