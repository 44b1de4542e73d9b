package mutirao.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.api.Categoria;
import mutirao.api.Local;
import mutirao.oferta.api.LinhaOferta;
import mutirao.oferta.api.OfertaStatus;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/// An offer.
@Entity
@Table(name = "oferta")
@NullUnmarked
public class OfertaRow extends AggregateRow {
    @Enumerated(EnumType.STRING)
    public OfertaStatus status;

    @Enumerated(EnumType.STRING)
    public Categoria category;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<LinhaOferta> items;

    @JdbcTypeCode(SqlTypes.JSON)
    public Local location;

    public UUID providerId;
    public Instant availableUntil;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> metadata;

    public String reason;
    public Double latitude;
    public Double longitude;
    public String search;

    /// What can be offered or changed.
    public void describe(
            Categoria category,
            List<LinhaOferta> items,
            Local location,
            Instant availableUntil,
            Map<String, String> metadata) {
        this.category = category;
        this.items = items;
        this.location = location;
        this.availableUntil = availableUntil;
        this.metadata = metadata;
        latitude = location.latitude();
        longitude = location.longitude();
        search = NecessidadeRow.search(items.stream().map(LinhaOferta::item).toList(), location);
    }
}
