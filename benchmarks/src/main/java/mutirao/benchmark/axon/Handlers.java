package mutirao.benchmark.axon;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import mutirao.api.DomainEvent;
import mutirao.api.EventType;
import mutirao.benchmark.jpa.AuditoriaRow;
import mutirao.benchmark.jpa.EntregaRow;
import mutirao.benchmark.jpa.NecessidadeRow;
import mutirao.benchmark.jpa.OfertaRow;
import mutirao.benchmark.jpa.TicketRow;
import mutirao.entrega.api.Andamento;
import mutirao.entrega.api.EntregaEvent;
import mutirao.entrega.api.EntregaEvent.*;
import mutirao.entrega.api.EntregaResumo.Falha;
import mutirao.entrega.api.EntregaResumo.Posicao;
import mutirao.entrega.api.EntregaStatus;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeEvent;
import mutirao.necessidade.api.NecessidadeEvent.*;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaEvent;
import mutirao.oferta.api.OfertaEvent.*;
import mutirao.oferta.api.OfertaResumo.Reserva;
import mutirao.oferta.api.OfertaStatus;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketResumo.Comentario;
import mutirao.ticket.api.TicketStatus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MetaDataValue;

/// The five projections as annotated handlers that find, change and leave the rest to JPA. The arithmetic of lines and
/// steps is the program's own, from its shared language.
abstract sealed class Handlers {
    private static final String ORGANIZATION = "organizationId";

    final EntityManager rows;
    final LongAdder handled = new LongAdder();

    private Handlers(EntityManager rows) {
        this.rows = rows;
    }

    /// Whether each of its rows is changed by events of one aggregate only, so that aggregates can go in parallel.
    boolean parallel() {
        return true;
    }

    /// How many events it has handled.
    long handled() {
        return handled.sum();
    }

    static Handlers of(String projection, EntityManager rows) {
        return switch (projection) {
            case "necessidade" -> new Necessidade(rows);
            case "oferta" -> new Oferta(rows);
            case "entrega" -> new Entrega(rows);
            case "ticket" -> new Ticket(rows);
            case "auditoria" -> new Auditoria(rows);
            default -> throw new IllegalArgumentException("no projection " + projection);
        };
    }

    static final class Necessidade extends Handlers {
        Necessidade(EntityManager rows) {
            super(rows);
        }

        @EventHandler
        void on(
                NecessidadeEvent event,
                @SequenceNumber long version,
                @Timestamp Instant at,
                @MetaDataValue(ORGANIZATION) String organization) {
            handled.increment();
            if (event instanceof NecessidadeCriada e) {
                criada(e, at, organization);
                return;
            }
            var row = requireNonNull(rows.find(NecessidadeRow.class, event.id().value()));
            var lines = LinhaNecessidade.apos(row.items, event);
            switch (event) {
                case NecessidadeAtualizada e ->
                    row.describe(e.category(), lines, e.location(), e.urgency(), e.neededUntil(), e.metadata());
                case NecessidadeCancelada e -> {
                    row.status = NecessidadeStatus.CANCELADA;
                    row.reason = e.reason();
                }
                case NecessidadeExpirada _ -> row.status = NecessidadeStatus.EXPIRADA;
                default -> row.items = lines;
            }
            row.status = row.status.apos(lines);
            row.version = version;
            row.updatedAt = at;
        }

        private void criada(NecessidadeCriada e, Instant at, String organization) {
            var row = new NecessidadeRow();
            row.id = e.id().value();
            row.organizationId = UUID.fromString(organization);
            row.status = NecessidadeStatus.ABERTA;
            row.creatorId = e.creatorId();
            row.describe(
                    e.category(),
                    LinhaNecessidade.apos(List.of(), e),
                    e.location(),
                    e.urgency(),
                    e.neededUntil(),
                    e.metadata());
            row.createdAt = at;
            row.updatedAt = at;
            rows.persist(row);
        }
    }

    static final class Oferta extends Handlers {
        Oferta(EntityManager rows) {
            super(rows);
        }

        @EventHandler
        void on(
                OfertaEvent event,
                @SequenceNumber long version,
                @Timestamp Instant at,
                @MetaDataValue(ORGANIZATION) String organization) {
            handled.increment();
            if (event instanceof OfertaPublicada e) {
                publicada(e, at, organization);
                return;
            }
            var row = requireNonNull(rows.find(OfertaRow.class, event.id().value()));
            var lines = LinhaOferta.apos(row.items, event, row.status.encerrada());
            switch (event) {
                case OfertaAtualizada e ->
                    row.describe(e.category(), lines, e.location(), e.availableUntil(), e.metadata());
                case OfertaReservada e -> reservada(row, e);
                case ReservaConfirmada e -> confirmada(row, e.reservaId());
                case ReservaCancelada e -> row.reservas = without(row.reservas, e.reservaId());
                case ReservaExpirada e -> row.reservas = without(row.reservas, e.reservaId());
                case ReservaBaixada e -> row.reservas = without(row.reservas, e.reservaId());
                case OfertaExpirada _ -> row.status = OfertaStatus.EXPIRADA;
                case OfertaCancelada e -> {
                    row.status = OfertaStatus.CANCELADA;
                    row.reason = e.reason();
                }
                default -> {}
            }
            row.items = lines;
            row.status = row.status.apos(lines);
            row.version = version;
            row.updatedAt = at;
        }

        private void publicada(OfertaPublicada e, Instant at, String organization) {
            var row = new OfertaRow();
            row.id = e.id().value();
            row.organizationId = UUID.fromString(organization);
            row.status = OfertaStatus.PUBLICADA;
            row.providerId = e.providerId();
            row.describe(
                    e.category(),
                    LinhaOferta.apos(List.of(), e, false),
                    e.location(),
                    e.availableUntil(),
                    e.metadata());
            row.reservas = List.of();
            row.createdAt = at;
            row.updatedAt = at;
            rows.persist(row);
        }

        private static void reservada(OfertaRow row, OfertaReservada e) {
            var more = new ArrayList<>(without(row.reservas, e.reservaId()));
            var entrega = e.entregaId() == null ? null : e.entregaId().value();
            more.add(new Reserva(e.reservaId(), e.volunteerId(), e.items(), e.expiresAt(), entrega));
            row.reservas = more;
        }

        private static void confirmada(OfertaRow row, UUID id) {
            row.reservas = row.reservas.stream()
                    .map(reserva -> reserva.reservaId().equals(id)
                            ? new Reserva(id, reserva.volunteerId(), reserva.items(), null, reserva.entregaId())
                            : reserva)
                    .toList();
        }

        private static List<Reserva> without(List<Reserva> reservas, UUID id) {
            return reservas.stream()
                    .filter(reserva -> !reserva.reservaId().equals(id))
                    .toList();
        }
    }

    static final class Entrega extends Handlers {
        Entrega(EntityManager rows) {
            super(rows);
        }

        @Override
        boolean parallel() {
            return false;
        }

        @EventHandler
        void on(
                EntregaEvent event,
                @SequenceNumber long version,
                @Timestamp Instant at,
                @MetaDataValue(ORGANIZATION) String organization) {
            handled.increment();
            if (event instanceof EntregaSolicitada e) {
                solicitada(e, version, at, organization);
                return;
            }
            var row = rows.find(EntregaRow.class, event.id().value());
            step(row, event, at);
            row.version = version;
            row.status = row.status.apos(event);
            own(row, event, at);
        }

        @EventHandler
        void on(OfertaEvent event, @Timestamp Instant at) {
            foreign(event, at);
        }

        @EventHandler
        void on(NecessidadeEvent event, @Timestamp Instant at) {
            foreign(event, at);
        }

        private void foreign(DomainEvent event, Instant at) {
            handled.increment();
            if (event instanceof NecessidadeCancelada) {
                return;
            }
            for (var entrega : Andamento.entregasDe(event)) {
                var row = rows.find(EntregaRow.class, entrega.value());
                if (row != null) {
                    step(row, event, at);
                }
            }
        }

        private static void step(EntregaRow row, DomainEvent event, Instant at) {
            var ended = row.status == EntregaStatus.CANCELADA || row.status == EntregaStatus.FALHOU;
            row.steps = new Andamento(row.steps, ended).apos(event, at).steps();
            row.updatedAt = at;
        }

        private static void own(EntregaRow row, EntregaEvent event, Instant at) {
            switch (event) {
                case AssignmentCriado e -> row.acceptUntil = e.acceptUntil();
                case EntregaAceita e -> row.finishUntil = e.finishUntil();
                case EntregaRecusada e -> row.reason = e.reason();
                case EntregaEmRota e ->
                    row.position = new Posicao(e.latitude(), e.longitude(), requireNonNullElse(e.occurredAt(), at));
                case CodigoBloqueado _ -> row.codeLocked = true;
                case CodigoRenovado e -> {
                    row.codeCounter = e.counter();
                    row.codeLocked = false;
                }
                case EntregaConcluida e -> row.receiverId = e.receiverId();
                case EntregaCancelada e -> {
                    row.reason = e.reason();
                    row.goodsReturned = e.goodsReturned();
                }
                case EntregaFalhou e -> row.failure = new Falha(e.step(), e.reason());
                default -> {}
            }
        }

        private void solicitada(EntregaSolicitada e, long version, Instant at, String organization) {
            var row = new EntregaRow();
            row.id = e.id().value();
            row.organizationId = UUID.fromString(organization);
            row.version = version;
            row.status = EntregaStatus.SOLICITADA;
            row.ofertaId = e.ofertaId().value();
            row.necessidadeId = e.necessidadeId().value();
            row.volunteerId = e.volunteerId();
            row.items = e.items();
            row.reservaId = e.reservaId();
            row.steps = Andamento.novo().apos(e, at).steps();
            row.createdAt = at;
            row.updatedAt = at;
            rows.persist(row);
        }
    }

    static final class Ticket extends Handlers {
        Ticket(EntityManager rows) {
            super(rows);
        }

        @EventHandler
        void on(
                TicketEvent event,
                @SequenceNumber long version,
                @Timestamp Instant at,
                @MetaDataValue(ORGANIZATION) String organization) {
            handled.increment();
            if (event instanceof TicketCriado e) {
                criado(e, at, organization);
                return;
            }
            var row = requireNonNull(rows.find(TicketRow.class, event.id().value()));
            switch (event) {
                case TicketAtribuido e -> {
                    row.assigneeId = e.technicianId();
                    row.status = TicketStatus.EM_PROGRESSO;
                }
                case TicketComentado e -> comentado(row, e, at);
                case PrioridadeAlterada e -> {
                    row.priority = e.priority();
                    row.dueAt = e.dueAt();
                }
                case TicketAtrasado _ -> {
                    row.overdue = true;
                    row.slaBroken = true;
                }
                case TicketFechado e -> {
                    row.status = TicketStatus.FECHADO;
                    row.overdue = false;
                    row.resolution = e.resolution();
                    row.resolutionSeconds = Duration.between(row.createdAt, at).toSeconds();
                }
                case TicketReaberto e -> {
                    row.status = TicketStatus.ABERTO;
                    row.assigneeId = null;
                    row.dueAt = e.dueAt();
                    row.reopenings++;
                }
                case TicketCriado _ -> throw new IllegalStateException("created twice");
            }
            row.version = version;
            row.updatedAt = at;
        }

        private static void comentado(TicketRow row, TicketComentado e, Instant at) {
            var more = new ArrayList<>(row.comments);
            more.add(new Comentario(e.text(), e.authorId(), at));
            row.comments = more;
            row.search += "\n" + e.text();
        }

        private void criado(TicketCriado e, Instant at, String organization) {
            var row = new TicketRow();
            row.id = e.id().value();
            row.organizationId = UUID.fromString(organization);
            row.status = TicketStatus.ABERTO;
            row.title = e.title();
            row.description = e.description();
            row.category = e.category();
            row.priority = e.priority();
            row.creatorId = e.creatorId();
            row.related = e.related();
            row.dueAt = e.dueAt();
            row.comments = List.of();
            row.createdAt = at;
            row.updatedAt = at;
            row.priorityRank = e.priority().compareTo(Prioridade.BAIXA);
            row.search = e.title() + "\n" + e.description();
            rows.persist(row);
        }
    }

    static final class Auditoria extends Handlers {
        Auditoria(EntityManager rows) {
            super(rows);
        }

        @EventHandler
        void on(DomainEvent event, DomainEventMessage<?> message, TrackingToken token) {
            handled.increment();
            var type = requireNonNull(event.getClass().getAnnotation(EventType.class));
            var data = message.getMetaData();
            var row = new AuditoriaRow();
            row.position = token.position().orElseThrow();
            row.organizationId = UUID.fromString(requireNonNull((String) data.get(ORGANIZATION)));
            row.eventId = message.getIdentifier();
            row.type = type.value();
            row.revision = type.revision();
            row.aggregateType = message.getType();
            row.aggregateId = event.id().value();
            row.version = message.getSequenceNumber();
            row.timestamp = message.getTimestamp();
            row.userId = UUID.fromString(requireNonNull((String) data.get("userId")));
            row.correlationId = (String) data.get("correlationId");
            row.causationId = (String) data.get("causationId");
            row.source = (String) data.get("source");
            rows.persist(row);
        }
    }
}
