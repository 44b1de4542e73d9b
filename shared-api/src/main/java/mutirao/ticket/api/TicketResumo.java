package mutirao.ticket.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Personal;
import org.jspecify.annotations.Nullable;

/// A ticket as people see it.
///
/// @param version           how many events it has had, from 0
/// @param overdue           whether it is open past `dueAt`
/// @param slaBroken         whether it ever was
/// @param resolutionSeconds from its creation to its last closing; null while it is open
public record TicketResumo(
        UUID id,
        long version,
        TicketStatus status,
        @Personal(subject = "creatorId") String title,
        @Personal(subject = "creatorId") String description,
        String category,
        Prioridade priority,
        UUID creatorId,
        @Nullable UUID assigneeId,
        @Nullable Relacionado related,
        Instant dueAt,
        boolean overdue,
        boolean slaBroken,
        @Nullable String resolution,
        @Nullable Long resolutionSeconds,
        int reopenings,
        List<Comentario> comments,
        Instant createdAt,
        Instant updatedAt) {

    /// Something said about a ticket.
    public record Comentario(@Personal(subject = "authorId") String text, UUID authorId, Instant at) {}
}
