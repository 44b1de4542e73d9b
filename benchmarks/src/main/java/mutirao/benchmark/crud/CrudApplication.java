package mutirao.benchmark.crud;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import mutirao.benchmark.jpa.NecessidadeRow;
import mutirao.necessidade.api.LinhaNecessidade;
import mutirao.necessidade.api.NecessidadeStatus;
import mutirao.necessidade.api.NovaNecessidade;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A need that is a row and nothing else: validated, inserted with its indexes, 201.
@SpringBootApplication(proxyBeanMethods = false)
@EntityScan(basePackageClasses = NecessidadeRow.class)
@EnableJpaRepositories(considerNestedRepositories = true)
public class CrudApplication {
    /// Runs until it is told to stop.
    public static void main(String[] args) {
        SpringApplication.run(CrudApplication.class, args);
    }

    /// A need's line shows what is pending and does not read it.
    @Bean
    HibernatePropertiesCustomizer json() {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return settings -> settings.put(MappingSettings.JSON_FORMAT_MAPPER, new Jackson3JsonFormatMapper(mapper));
    }

    interface Rows extends JpaRepository<NecessidadeRow, UUID> {}

    record Created(UUID id, long version) {}

    @RestController
    @RequestMapping("/api/necessidades")
    static class Controller {
        private static final UUID SOMEBODY = new UUID(0, 1);

        private final Rows rows;

        Controller(Rows rows) {
            this.rows = rows;
        }

        @GetMapping("/ready")
        String ready() {
            return "ready";
        }

        @PostMapping
        ResponseEntity<Created> create(@RequestBody @Valid NovaNecessidade need) {
            var row = new NecessidadeRow();
            row.id = requireNonNullElseGet(need.id(), UUID::randomUUID);
            row.organizationId = SOMEBODY;
            row.creatorId = SOMEBODY;
            row.status = NecessidadeStatus.ABERTA;
            row.describe(
                    need.category(),
                    need.items().stream().map(LinhaNecessidade::of).toList(),
                    need.location(),
                    need.urgency(),
                    need.neededUntil(),
                    requireNonNullElse(need.metadata(), Map.of()));
            row.createdAt = Instant.now();
            row.updatedAt = row.createdAt;
            rows.save(row);
            return ResponseEntity.created(URI.create("/api/necessidades/" + row.id))
                    .body(new Created(row.id, row.version));
        }
    }
}
