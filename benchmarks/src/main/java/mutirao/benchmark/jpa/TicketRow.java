package mutirao.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.ticket.api.Prioridade;
import mutirao.ticket.api.Relacionado;
import mutirao.ticket.api.TicketResumo.Comentario;
import mutirao.ticket.api.TicketStatus;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/// A ticket.
@Entity
@Table(name = "ticket")
@NullUnmarked
public class TicketRow extends AggregateRow {
    @Enumerated(EnumType.STRING)
    public TicketStatus status;

    public String title;
    public String description;
    public String category;

    @Enumerated(EnumType.STRING)
    public Prioridade priority;

    public UUID creatorId;
    public UUID assigneeId;

    @JdbcTypeCode(SqlTypes.JSON)
    public Relacionado related;

    public Instant dueAt;
    public boolean overdue;
    public boolean slaBroken;
    public String resolution;
    public Long resolutionSeconds;
    public int reopenings;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<Comentario> comments;

    public int priorityRank;
    public String search;
}
