package mutirao.auditoria.query;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Serving;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.ReadsFrom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/auditoria")
@ReadsFrom("auditoria")
class AuditoriaController {
    private final JdbcClient db;
    private final Serving serving;
    private final EventLog log;
    private final Rows<Registro> rows = new Rows<>(AuditoriaProjection.TABLE);

    AuditoriaController(JdbcClient db, Serving serving, EventLog log) {
        this.db = db;
        this.serving = serving;
        this.log = log;
    }

    /// An event as auditors see it.
    record Evento(
            long position,
            String eventId,
            String type,
            @Nullable String revision,
            String aggregateType,
            UUID aggregateId,
            long version,
            Instant timestamp,
            UUID userId,
            UUID organizationId,
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String source,
            @JsonRawValue @Nullable String payload) {}

    private record Found(Registro row, UUID organizationId) {}

    @GetMapping
    Page<Evento> listar(
            @RequestParam(required = false) @Nullable String aggregateType,
            @RequestParam(required = false) @Nullable UUID aggregateId,
            @RequestParam(required = false) @Nullable String eventType,
            @RequestParam(required = false) @Nullable UUID userId,
            @RequestParam(required = false) @Nullable String correlationId,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            PageRequest page) {
        var filter = new Filter();
        filter.where("aggregate_type = ?", aggregateType);
        filter.where("aggregate_id = ?", aggregateId);
        filter.where("type = ?", eventType);
        filter.where("user_id = ?", userId);
        filter.where("correlation_id = ?", correlationId);
        filter.where("timestamp >= ?", utc(from));
        filter.where("timestamp < ?", utc(to));
        filter.where("position < ?", cursor(page));
        return page(filter, "position desc", page.limit());
    }

    /// The history of one aggregate, oldest first.
    @GetMapping("/{aggregateType}/{aggregateId}")
    Page<Evento> historia(@PathVariable String aggregateType, @PathVariable UUID aggregateId, PageRequest page) {
        var filter = new Filter();
        filter.where("aggregate_type = ?", aggregateType);
        filter.where("aggregate_id = ?", aggregateId);
        var after = cursor(page);
        filter.where("position > ?", after);
        var found = page(filter, "position", page.limit());
        if (found.items().isEmpty() && after == null) {
            throw Problem.notFound();
        }
        return found;
    }

    private static final class Filter {
        private final List<String> conditions = new ArrayList<>(List.of("true"));
        private final List<Object> parameters = new ArrayList<>();

        void where(String condition, @Nullable Object parameter) {
            if (parameter != null) {
                conditions.add(condition);
                parameters.add(parameter);
            }
        }
    }

    private Page<Evento> page(Filter filter, String order, int limit) {
        var found = db.sql("select " + rows.columns() + ", organization_id from "
                        + serving.from(AuditoriaProjection.TABLE) + " where " + String.join(" and ", filter.conditions)
                        + " order by " + order + " limit " + (limit + 1))
                .params(filter.parameters)
                .query((row, _) -> new Found(rows.read(row), row.getObject("organization_id", UUID.class)))
                .list();
        var shown = found.subList(0, Math.min(found.size(), limit));
        var payloads = log
                .at(shown.stream().map(event -> event.row().position()).toList())
                .stream()
                .collect(toMap(event -> event.meta().position(), RecordedEvent::json, (first, _) -> first));
        return new Page<>(
                shown.stream()
                        .map(event -> evento(event, payloads.get(event.row().position())))
                        .toList(),
                found.size() > shown.size()
                        ? String.valueOf(shown.getLast().row().position())
                        : null);
    }

    private static Evento evento(Found found, @Nullable String payload) {
        var row = found.row();
        return new Evento(
                row.position(),
                row.eventId(),
                row.type(),
                row.revision(),
                row.aggregateType(),
                row.aggregateId(),
                row.version(),
                row.timestamp(),
                row.userId(),
                found.organizationId(),
                row.correlationId(),
                row.causationId(),
                row.source(),
                payload);
    }

    private static @Nullable Long cursor(PageRequest page) {
        try {
            return page.cursor() == null ? null : Long.valueOf(page.cursor());
        } catch (NumberFormatException _) {
            throw Problem.invalid("cursor", "não é o next de uma página desta lista");
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
