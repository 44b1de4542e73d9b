package mutirao.entrega.command;

import static mutirao.entrega.command.EntregaRule.*;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Quantia;
import mutirao.entrega.api.CodigoDeConfirmacao;
import mutirao.entrega.api.EntregaCommand.*;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaId;
import mutirao.entrega.api.EntregaStatus;
import mutirao.entrega.api.Passo;
import mutirao.necessidade.api.NecessidadeId;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Outcome;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Directory;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// Goods on their way from an offer to a need, in a volunteer's hands. What its saga does for it with offer and need is
/// not known here; what only the delivery can decide is: who was first, acceptance or deadline, arrival or
/// cancellation.
@Aggregate(type = "entrega", snapshotTriggerDefinition = "everyHundredEvents")
class Entrega {
    /// So many wrong codes lock the delivery until a coordinator renews its code.
    private static final int TENTATIVAS = 5;

    @AggregateIdentifier
    private EntregaId id;

    private EntregaStatus status = EntregaStatus.SOLICITADA;
    private OfertaId ofertaId;
    private NecessidadeId necessidadeId;
    private UUID volunteerId;
    private List<Quantia> items = List.of();
    /// Null in what was kept before it was asked for.
    private @Nullable Instant requestedAt;

    private @Nullable Instant acceptUntil;
    private int codeCounter;
    private int attempts;
    private boolean codeLocked;

    @SuppressWarnings("NullAway.Init") // Axon makes it empty and replays its events
    Entrega() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(SolicitarEntrega c, Registro registro, Directory directory, Actor actor) {
        actor.requireCoordinationOr(c.volunteerId());
        VOLUNTARIO_DE_FORA.require(!actor.cannotActWith(c.volunteerId(), directory));
        OFERTA_DESCONHECIDA.require(registro.existe(c.ofertaId(), actor.organizationId()));
        NECESSIDADE_DESCONHECIDA.require(registro.existe(c.necessidadeId(), actor.organizationId()));
        var reservaId = c.reservaId() == null ? c.id().value() : c.reservaId();
        apply(new EntregaSolicitada(c.id(), c.ofertaId(), c.necessidadeId(), c.volunteerId(), c.items(), reservaId));
    }

    @CommandHandler
    void handle(CriarAssignment c) {
        if (status == EntregaStatus.SOLICITADA) {
            apply(new AssignmentCriado(id, volunteerId, c.acceptUntil()));
        }
    }

    @CommandHandler
    void handle(NotificarVoluntario c) {
        if (status == EntregaStatus.ATRIBUIDA) {
            apply(new VoluntarioNotificado(id, volunteerId));
        }
    }

    @CommandHandler
    void handle(AceitarEntrega c, Clock clock, EntregaPrazos prazos, Actor actor) {
        actor.require(volunteerId);
        requireAguardaResposta();
        // The deadline's command may be late; the clock is not.
        PRAZO_DE_ACEITE_VENCIDO.require(acceptUntil == null || clock.instant().isBefore(acceptUntil));
        apply(new EntregaAceita(id, volunteerId, clock.instant().plus(prazos.prazo())));
    }

    @CommandHandler
    void handle(RecusarEntrega c, Actor actor) {
        actor.require(volunteerId);
        requireAguardaResposta();
        apply(new EntregaRecusada(id, volunteerId, c.reason()));
    }

    @CommandHandler
    void handle(IniciarEntrega c, Actor actor) {
        actor.require(volunteerId);
        requireEmAberto();
        ENTREGA_NAO_ACEITA.require(!status.aguardaAceite());
        ENTREGA_JA_INICIADA.require(status == EntregaStatus.ACEITA);
        requireDepoisDoPedido(c.occurredAt());
        apply(new EntregaIniciada(id, volunteerId, ofertaId, necessidadeId, items, c.occurredAt()));
    }

    @CommandHandler
    void handle(RegistrarPosicao c, Actor actor) {
        actor.require(volunteerId);
        requireCargaComVoluntario();
        requireDepoisDoPedido(c.occurredAt());
        apply(new EntregaEmRota(id, volunteerId, c.latitude(), c.longitude(), c.occurredAt()));
    }

    @CommandHandler
    @Nullable
    Outcome handle(ConcluirEntrega c, CodigoDeConfirmacao codigo, Actor actor) {
        actor.require(volunteerId);
        requireCargaComVoluntario();
        CODIGO_BLOQUEADO.require(!codeLocked);
        requireDepoisDoPedido(c.occurredAt());
        if (equal(codigo.of(id, codeCounter), c.confirmationCode())) {
            apply(new EntregaConcluida(id, c.receiverId(), c.confirmationCode(), c.occurredAt()));
            return null;
        }
        apply(new CodigoRecusado(id, attempts + 1));
        if (attempts >= TENTATIVAS) {
            apply(new CodigoBloqueado(id));
        }
        return Outcome.refused(CODIGO_INCORRETO);
    }

    private static boolean equal(String code, String given) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @CommandHandler
    void handle(RenovarCodigo c, Actor actor) {
        actor.requireCoordination();
        requireCargaComVoluntario();
        CODIGO_NAO_BLOQUEADO.require(codeLocked);
        apply(new CodigoRenovado(id, codeCounter + 1));
    }

    @CommandHandler
    void handle(CancelarEntrega c, Actor actor) {
        actor.requireCoordinationOr(volunteerId);
        requireEmAberto();
        DESTINO_DA_CARGA_OBRIGATORIO.require(!status.cargaComVoluntario() || c.goodsReturned() != null);
        apply(new EntregaCancelada(id, c.reason(), status.cargaComVoluntario() ? c.goodsReturned() : null));
    }

    @CommandHandler
    void handle(FalharEntrega c) {
        var waiting = c.step().compareTo(Passo.ACEITAR) <= 0 ? status.aguardaAceite() : !status.aguardaAceite();
        if (waiting && !status.encerrada()) {
            apply(new EntregaFalhou(id, c.step(), c.reason()));
        }
    }

    /// What is told late did not happen before there was anything to happen to.
    private void requireDepoisDoPedido(@Nullable Instant occurredAt) {
        ANTES_DO_PEDIDO.require(occurredAt == null || requestedAt == null || !occurredAt.isBefore(requestedAt));
    }

    private void requireEmAberto() {
        ENTREGA_ENCERRADA.require(!status.encerrada());
    }

    private void requireAguardaResposta() {
        requireEmAberto();
        ENTREGA_JA_ACEITA.require(status.aguardaAceite());
        ENTREGA_NAO_ATRIBUIDA.require(status == EntregaStatus.ATRIBUIDA);
    }

    private void requireCargaComVoluntario() {
        requireEmAberto();
        ENTREGA_NAO_INICIADA.require(status.cargaComVoluntario());
    }

    @EventSourcingHandler
    void on(EntregaEvent event, @Timestamp Instant at) {
        switch (event) {
            case EntregaSolicitada e -> {
                id = e.id();
                ofertaId = e.ofertaId();
                necessidadeId = e.necessidadeId();
                volunteerId = e.volunteerId();
                items = e.items();
                requestedAt = at;
            }
            case AssignmentCriado e -> acceptUntil = e.acceptUntil();
            case CodigoRecusado e -> attempts = e.attempts();
            case CodigoBloqueado _ -> codeLocked = true;
            case CodigoRenovado e -> {
                codeCounter = e.counter();
                attempts = 0;
                codeLocked = false;
            }
            case VoluntarioNotificado _,
                    EntregaAceita _,
                    EntregaRecusada _,
                    EntregaIniciada _,
                    EntregaEmRota _,
                    EntregaConcluida _,
                    EntregaCancelada _,
                    EntregaFalhou _ -> {}
        }
        status = status.apos(event);
    }
}
