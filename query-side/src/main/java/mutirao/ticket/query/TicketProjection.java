package mutirao.ticket.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.projection.Projection;
import mutirao.platform.projection.Table;
import mutirao.platform.query.Search;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.TicketEvent;
import mutirao.ticket.api.TicketEvent.*;
import mutirao.ticket.api.TicketResumo;
import mutirao.ticket.api.TicketResumo.Comentario;
import mutirao.ticket.api.TicketStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Requests to the support desk: one row per ticket.
@Component
final class TicketProjection implements Projection<TicketEvent, TicketResumo> {
    static final Table<TicketResumo> TABLE = Table.of("ticket", 1, TicketResumo.class)
            .with("priority_rank", row -> row.priority().compareTo(Prioridade.BAIXA))
            .with("search", TicketProjection::search);

    @Override
    public Table<TicketResumo> table() {
        return TABLE;
    }

    @Override
    public Set<String> contexts() {
        return Set.of("ticket");
    }

    @Override
    public Object keyOf(TicketEvent event, EventMeta meta) {
        return event.id().value();
    }

    @Override
    public TicketResumo evolve(@Nullable TicketResumo row, TicketEvent event, EventMeta meta) {
        if (event instanceof TicketCriado e) {
            return criado(e, meta);
        }
        var next = new Draft(requireNonNull(row));
        next.apply(event, meta);
        return next.row(meta);
    }

    private static TicketResumo criado(TicketCriado e, EventMeta meta) {
        return new TicketResumo(
                e.id().value(),
                meta.version(),
                TicketStatus.ABERTO,
                e.title(),
                e.description(),
                e.category(),
                e.priority(),
                e.creatorId(),
                null,
                e.related(),
                e.dueAt(),
                false,
                false,
                null,
                null,
                0,
                List.of(),
                meta.timestamp(),
                meta.timestamp());
    }

    /// What can change of a row, while it changes.
    private static final class Draft {
        private final TicketResumo before;
        private TicketStatus status;
        private Prioridade priority;
        private @Nullable UUID assigneeId;
        private Instant dueAt;
        private boolean overdue;
        private boolean slaBroken;
        private @Nullable String resolution;
        private @Nullable Long resolutionSeconds;
        private int reopenings;
        private List<Comentario> comments;

        Draft(TicketResumo before) {
            this.before = before;
            status = before.status();
            priority = before.priority();
            assigneeId = before.assigneeId();
            dueAt = before.dueAt();
            overdue = before.overdue();
            slaBroken = before.slaBroken();
            resolution = before.resolution();
            resolutionSeconds = before.resolutionSeconds();
            reopenings = before.reopenings();
            comments = before.comments();
        }

        void apply(TicketEvent event, EventMeta meta) {
            switch (event) {
                case TicketCriado _ -> throw new IllegalStateException("created twice");
                case TicketAtribuido e -> {
                    assigneeId = e.technicianId();
                    status = TicketStatus.EM_PROGRESSO;
                }
                case TicketComentado e -> comentar(new Comentario(e.text(), e.authorId(), meta.timestamp()));
                case PrioridadeAlterada e -> {
                    priority = e.priority();
                    due(e.dueAt());
                }
                case TicketAtrasado _ -> {
                    overdue = true;
                    slaBroken = true;
                }
                case TicketFechado e -> fechar(e.resolution(), meta.timestamp());
                case TicketReaberto e -> reabrir(e.dueAt());
            }
        }

        private void comentar(Comentario comment) {
            comments = Stream.concat(comments.stream(), Stream.of(comment)).toList();
        }

        /// Under another due time it is not overdue until that is recorded as missed too.
        private void due(Instant at) {
            overdue = overdue && at.equals(dueAt);
            dueAt = at;
        }

        private void fechar(String how, Instant at) {
            status = TicketStatus.FECHADO;
            overdue = false;
            resolution = how;
            resolutionSeconds = Duration.between(before.createdAt(), at).toSeconds();
        }

        private void reabrir(Instant due) {
            status = TicketStatus.ABERTO;
            assigneeId = null;
            due(due);
            resolution = null;
            resolutionSeconds = null;
            reopenings++;
        }

        TicketResumo row(EventMeta meta) {
            return new TicketResumo(
                    before.id(),
                    meta.version(),
                    status,
                    before.title(),
                    before.description(),
                    before.category(),
                    priority,
                    before.creatorId(),
                    assigneeId,
                    before.related(),
                    dueAt,
                    overdue,
                    slaBroken,
                    resolution,
                    resolutionSeconds,
                    reopenings,
                    comments,
                    before.createdAt(),
                    meta.timestamp());
        }
    }

    private static String search(TicketResumo row) {
        return Search.text(Stream.concat(
                Stream.of(row.title(), row.description()),
                row.comments().stream().map(Comentario::text)));
    }
}
