package mutirao.benchmark.jpa;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// What the rows of all aggregates have.
@MappedSuperclass
@NullUnmarked
public abstract class AggregateRow {
    @Id
    public UUID id;

    public UUID organizationId;
    public long version;
    public Instant createdAt;
    public Instant updatedAt;
}
