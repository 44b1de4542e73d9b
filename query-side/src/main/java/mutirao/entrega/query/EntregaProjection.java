package mutirao.entrega.query;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mutirao.api.DomainEvent;
import mutirao.entrega.api.Andamento;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaResumo;
import mutirao.entrega.api.EntregaResumo.Falha;
import mutirao.entrega.api.EntregaResumo.Posicao;
import mutirao.entrega.api.EntregaStatus;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Deliveries and the steps of their sagas: one row per delivery, folded from the events of all three contexts.
@Component
final class EntregaProjection implements Projection<DomainEvent, EntregaResumo> {
    static final Table<EntregaResumo> TABLE = Table.of("entrega", 1, EntregaResumo.class);

    @Override
    public Table<EntregaResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("entrega", "oferta", "necessidade");
    }

    /// The cancelled need itself changes no step; what its deliveries make of it comes as their own events.
    @Override
    public @Nullable Object keyOf(DomainEvent event, EventMeta meta) {
        return event instanceof NecessidadeCancelada
                ? null
                : Andamento.entregasDe(event).stream()
                        .map(entrega -> entrega.value())
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public @Nullable EntregaResumo evolve(@Nullable EntregaResumo row, DomainEvent event, EventMeta meta) {
        if (row == null) {
            return event instanceof EntregaSolicitada e ? solicitada(e, meta) : null;
        }
        var steps = new Andamento(row.steps(), called(row.status())).apos(event, meta.timestamp());
        var next = new Change(row, steps.steps(), meta);
        return event instanceof EntregaEvent own ? next.own(own) : next.foreign();
    }

    private static boolean called(EntregaStatus status) {
        return status == EntregaStatus.CANCELADA || status == EntregaStatus.FALHOU;
    }

    private static EntregaResumo solicitada(EntregaSolicitada e, EventMeta meta) {
        return new EntregaResumo(
                e.id().value(),
                meta.version(),
                EntregaStatus.SOLICITADA,
                e.ofertaId().value(),
                e.necessidadeId().value(),
                e.volunteerId(),
                e.items(),
                e.reservaId(),
                null,
                null,
                Andamento.novo().apos(e, meta.timestamp()).steps(),
                null,
                null,
                null,
                0,
                false,
                null,
                null,
                meta.timestamp(),
                meta.timestamp());
    }

    /// A row on its way to the next: the fields that events change one by one, the others as they were.
    private static final class Change {
        private final EntregaResumo row;
        private final List<Andamento.Etapa> steps;
        private final EventMeta meta;
        private @Nullable Instant acceptUntil;
        private @Nullable Instant finishUntil;
        private @Nullable Falha failure;
        private @Nullable Posicao position;
        private @Nullable UUID receiverId;
        private int codeCounter;
        private boolean codeLocked;
        private @Nullable String reason;
        private @Nullable Boolean goodsReturned;

        Change(EntregaResumo row, List<Andamento.Etapa> steps, EventMeta meta) {
            this.row = row;
            this.steps = steps;
            this.meta = meta;
            acceptUntil = row.acceptUntil();
            finishUntil = row.finishUntil();
            failure = row.failure();
            position = row.position();
            receiverId = row.receiverId();
            codeCounter = row.codeCounter();
            codeLocked = row.codeLocked();
            reason = row.reason();
            goodsReturned = row.goodsReturned();
        }

        EntregaResumo own(EntregaEvent event) {
            switch (event) {
                case AssignmentCriado e -> acceptUntil = e.acceptUntil();
                case EntregaAceita e -> finishUntil = e.finishUntil();
                case EntregaRecusada e -> reason = e.reason();
                case EntregaEmRota e ->
                    position = new Posicao(
                            e.latitude(), e.longitude(), requireNonNullElse(e.occurredAt(), meta.timestamp()));
                case CodigoBloqueado _ -> codeLocked = true;
                case CodigoRenovado e -> {
                    codeCounter = e.counter();
                    codeLocked = false;
                }
                case EntregaConcluida e -> receiverId = e.receiverId();
                case EntregaCancelada e -> {
                    reason = e.reason();
                    goodsReturned = e.goodsReturned();
                }
                case EntregaFalhou e -> failure = new Falha(e.step(), e.reason());
                case EntregaSolicitada _, VoluntarioNotificado _, EntregaIniciada _, CodigoRecusado _ -> {}
            }
            return row(meta.version(), row.status().apos(event));
        }

        /// Another aggregate's event moves the steps, not the delivery's own version.
        EntregaResumo foreign() {
            return row(row.version(), row.status());
        }

        private EntregaResumo row(long version, EntregaStatus status) {
            return new EntregaResumo(
                    row.id(),
                    version,
                    status,
                    row.ofertaId(),
                    row.necessidadeId(),
                    row.volunteerId(),
                    row.items(),
                    row.reservaId(),
                    acceptUntil,
                    finishUntil,
                    steps,
                    failure,
                    position,
                    receiverId,
                    codeCounter,
                    codeLocked,
                    reason,
                    goodsReturned,
                    row.createdAt(),
                    meta.timestamp());
        }
    }
}
