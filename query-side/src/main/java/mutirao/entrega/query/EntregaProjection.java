package mutirao.entrega.query;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import mutirao.api.DomainEvent;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaResumo;
import mutirao.entrega.api.EntregaResumo.Falha;
import mutirao.entrega.api.EntregaResumo.Posicao;
import mutirao.entrega.api.EntregaStatus;
import mutirao.entrega.processo.Andamento;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.NecessidadeCancelada;
import mutirao.oferta.api.OfertaEvent;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Deliveries and the steps of their sagas: one row per delivery, folded from the events of all three contexts.
@Component
@RecordBuilder.Include(EntregaResumo.class)
final class EntregaProjection implements Projection<DomainEvent, EntregaResumo> {
    static final Table<EntregaResumo> TABLE = Table.of(EntregaEvent.class, 1, EntregaResumo.class)
            .folding(OfertaEvent.class)
            .folding(NecessidadeEvent.class)
            .index("newest", "(organization_id, created_at, id)")
            .index("status", "(organization_id, status, created_at, id)")
            .index("volunteer", "(volunteer_id, created_at, id)")
            .index("oferta", "(oferta_id)")
            .index("necessidade", "(necessidade_id)");

    @Override
    public Table<EntregaResumo> table() {
        return TABLE;
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
        var next = EntregaResumoBuilder.builder(row).steps(steps.steps());
        if (event instanceof EntregaEvent own) {
            change(next.status(row.status().apos(own)), own, meta);
        }
        return next.build();
    }

    private static boolean called(EntregaStatus status) {
        return status == EntregaStatus.CANCELADA || status == EntregaStatus.FALHOU;
    }

    private static EntregaResumo solicitada(EntregaSolicitada e, EventMeta meta) {
        return EntregaResumoBuilder.builder()
                .status(EntregaStatus.SOLICITADA)
                .ofertaId(e.ofertaId().value())
                .necessidadeId(e.necessidadeId().value())
                .volunteerId(e.volunteerId())
                .items(e.items())
                .reservaId(e.reservaId())
                .steps(Andamento.novo().apos(e, meta.timestamp()).steps())
                .build();
    }

    private static void change(EntregaResumoBuilder row, EntregaEvent event, EventMeta meta) {
        switch (event) {
            case AssignmentCriado e -> row.acceptUntil(e.acceptUntil());
            case EntregaAceita e -> row.finishUntil(e.finishUntil());
            case EntregaRecusada e -> row.reason(e.reason());
            case EntregaEmRota e ->
                row.position(
                        new Posicao(e.latitude(), e.longitude(), requireNonNullElse(e.occurredAt(), meta.timestamp())));
            case CodigoBloqueado _ -> row.codeLocked(true);
            case CodigoRenovado e -> row.codeCounter(e.counter()).codeLocked(false);
            case EntregaConcluida e -> row.receiverId(e.receiverId());
            case EntregaCancelada e -> row.reason(e.reason()).goodsReturned(e.goodsReturned());
            case EntregaFalhou e -> row.failure(new Falha(e.step(), e.reason()));
            case EntregaSolicitada _, VoluntarioNotificado _, EntregaIniciada _, CodigoRecusado _ -> {}
        }
    }
}
