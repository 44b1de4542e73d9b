package mutirao.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import mutirao.api.Categoria;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.Urgencia;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.domain.Persistable;

/// A need.
@Entity
@Table(name = "necessidade")
@NullUnmarked
public class NecessidadeRow extends AggregateRow implements Persistable<UUID> {
    @Enumerated(EnumType.STRING)
    public NecessidadeStatus status;

    @Enumerated(EnumType.STRING)
    public Categoria category;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<LinhaNecessidade> items;

    @JdbcTypeCode(SqlTypes.JSON)
    public Local location;

    public UUID creatorId;

    @Enumerated(EnumType.STRING)
    public Urgencia urgency;

    public Instant neededUntil;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> metadata;

    public String reason;
    public Double latitude;
    public Double longitude;
    public int urgencyRank;
    public String search;

    /// What can be asked for or changed.
    public void describe(
            Categoria category,
            List<LinhaNecessidade> items,
            Local location,
            Urgencia urgency,
            Instant neededUntil,
            Map<String, String> metadata) {
        this.category = category;
        this.items = items;
        this.location = location;
        this.urgency = urgency;
        this.neededUntil = neededUntil;
        this.metadata = metadata;
        latitude = location.latitude();
        longitude = location.longitude();
        urgencyRank = urgency.compareTo(Urgencia.BAIXA);
        search = search(items.stream().map(LinhaNecessidade::item).toList(), location);
    }

    static String search(List<String> items, Local location) {
        return items.stream().map(Item::key).collect(Collectors.joining("\n")) + "\n"
                + location.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public UUID getId() {
        return id;
    }

    /// Only new ones are saved, so that Spring Data need not look first.
    @Override
    public boolean isNew() {
        return true;
    }
}
