package mutirao.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// Where an event stands and who caused it.
@Entity
@Table(name = "auditoria")
@NullUnmarked
public class AuditoriaRow {
    @Id
    public long position;

    public UUID organizationId;
    public String eventId;
    public String type;
    public String revision;
    public String aggregateType;
    public UUID aggregateId;
    public long version;
    public Instant timestamp;
    public UUID userId;
    public String correlationId;
    public String causationId;
    public String source;
}
