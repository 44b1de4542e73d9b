package mutirao.ticket.query;

import static java.util.Objects.requireNonNull;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
@RecordBuilder.Include(TicketResumo.class)
final class TicketProjection implements Projection<TicketEvent, TicketResumo> {
    static final Table<TicketResumo> TABLE = Table.of(TicketEvent.class, 1, TicketResumo.class)
            .with("priority_rank", Integer.class, row -> row.priority().compareTo(Prioridade.BAIXA))
            .with("search", String.class, TicketProjection::search)
            .index("newest", "(organization_id, created_at, id)")
            .index("status", "(organization_id, status, created_at, id)")
            .index("due", "(organization_id, due_at, id)")
            .index("overdue", "(organization_id, created_at, id) where overdue")
            .index("assignee", "(assignee_id, created_at, id)")
            .index("creator", "(creator_id, created_at, id)");

    @Override
    public Table<TicketResumo> table() {
        return TABLE;
    }

    @Override
    public TicketResumo evolve(@Nullable TicketResumo row, TicketEvent event, EventMeta meta) {
        return switch (event) {
            case TicketCriado e -> criado(e);
            case TicketAtribuido e ->
                TicketResumoBuilder.builder(requireNonNull(row))
                        .status(TicketStatus.EM_PROGRESSO)
                        .assigneeId(e.technicianId())
                        .build();
            case TicketComentado e -> comentado(requireNonNull(row), e, meta.timestamp());
            case PrioridadeAlterada e ->
                due(requireNonNull(row), e.dueAt()).priority(e.priority()).build();
            case TicketAtrasado _ ->
                TicketResumoBuilder.builder(requireNonNull(row))
                        .overdue(true)
                        .slaBroken(true)
                        .build();
            case TicketFechado e -> fechado(requireNonNull(row), e, meta.timestamp());
            case TicketReaberto e -> reaberto(requireNonNull(row), e);
        };
    }

    private static TicketResumo criado(TicketCriado e) {
        return TicketResumoBuilder.builder()
                .status(TicketStatus.ABERTO)
                .title(e.title())
                .description(e.description())
                .category(e.category())
                .priority(e.priority())
                .creatorId(e.creatorId())
                .related(e.related())
                .dueAt(e.dueAt())
                .comments(List.of())
                .build();
    }

    private static TicketResumo comentado(TicketResumo row, TicketComentado e, Instant at) {
        var comment = new Comentario(e.text(), e.authorId(), at);
        return TicketResumoBuilder.builder(row)
                .comments(Stream.concat(row.comments().stream(), Stream.of(comment))
                        .toList())
                .build();
    }

    /// Under another due time it is not overdue until that is recorded as missed too.
    private static TicketResumoBuilder due(TicketResumo row, Instant at) {
        return TicketResumoBuilder.builder(row)
                .overdue(row.overdue() && at.equals(row.dueAt()))
                .dueAt(at);
    }

    private static TicketResumo fechado(TicketResumo row, TicketFechado e, Instant at) {
        return TicketResumoBuilder.builder(row)
                .status(TicketStatus.FECHADO)
                .overdue(false)
                .resolution(e.resolution())
                .resolutionSeconds(Duration.between(row.createdAt(), at).toSeconds())
                .build();
    }

    private static TicketResumo reaberto(TicketResumo row, TicketReaberto e) {
        return due(row, e.dueAt())
                .status(TicketStatus.ABERTO)
                .assigneeId(null)
                .resolution(null)
                .resolutionSeconds(null)
                .reopenings(row.reopenings() + 1)
                .build();
    }

    private static String search(TicketResumo row) {
        return Search.text(Stream.concat(
                Stream.of(row.title(), row.description()),
                row.comments().stream().map(Comentario::text)));
    }
}
