package mutirao.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mutirao.api.Quantia;
import mutirao.entrega.api.EntregaResumo.Falha;
import mutirao.entrega.api.EntregaResumo.Posicao;
import mutirao.entrega.api.EntregaStatus;
import mutirao.entrega.api.Passo.Etapa;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/// A delivery.
@Entity
@Table(name = "entrega")
@NullUnmarked
public class EntregaRow extends AggregateRow {
    @Enumerated(EnumType.STRING)
    public EntregaStatus status;

    public UUID ofertaId;
    public UUID necessidadeId;
    public UUID volunteerId;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<Quantia> items;

    public UUID reservaId;
    public Instant acceptUntil;
    public Instant finishUntil;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<Etapa> steps;

    @JdbcTypeCode(SqlTypes.JSON)
    public Falha failure;

    @JdbcTypeCode(SqlTypes.JSON)
    public Posicao position;

    public UUID receiverId;
    public int codeCounter;
    public boolean codeLocked;
    public String reason;
    public Boolean goodsReturned;
}
