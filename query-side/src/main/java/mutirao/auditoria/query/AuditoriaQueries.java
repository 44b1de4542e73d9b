package mutirao.auditoria.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.projection.Rows;
import mutirao.platform.projection.Serving;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the index rows of the audit, without what the events say. Every list is walked by position along an index that
/// ends in it; `docs/auditoria.md` says which filter is served by which.
@Component
class AuditoriaQueries {
    /// The condition of the index `auditoria_late`.
    private static final String LATE = "timestamp - occurred_at > interval '1 hour'";

    private static final Duration LATE_BY = Duration.ofHours(1);
    private static final Rows<Registro> ROWS = new Rows<>(AuditoriaProjection.TABLE);

    private final JdbcClient db;
    private final Serving serving;
    private final VisaoProjection visao;

    AuditoriaQueries(JdbcClient db, Serving serving, VisaoProjection visao) {
        this.db = db;
        this.serving = serving;
        this.visao = visao;
    }

    /// An index row, and whose the event is.
    record Entrada(Registro row, UUID organizationId) {
        long position() {
            return row.position();
        }
    }

    /// What was asked for, with its times turned into positions once for all pages.
    Range range(AuditoriaFilter filter) {
        return new Range(filter, after(filter.from()), before(until(filter)), before(occurred(filter)));
    }

    /// @param after    exclusive
    /// @param before   exclusive
    /// @param happened from this position on only what was recorded late can have happened by `occurredAt`
    record Range(AuditoriaFilter filter, long after, long before, long happened) {}

    /// Some of a selection, newest first.
    ///
    /// @param before exclusive
    List<Entrada> newest(Range range, long before, int limit) {
        var top = Math.max(0, Math.min(before, range.before()));
        if (range.filter().occurredAt() == null) {
            return read(select(range, range.after(), top, limit));
        }
        var late = select(range, Math.max(range.after(), range.happened() - 1), top, limit);
        late.onlyLate();
        var usual = select(range, range.after(), Math.min(top, range.happened()), limit);
        return read(late.then(usual));
    }

    /// The events that a view is folded from, oldest first: its aggregate's own, and those of others that change it.
    ///
    /// @param after exclusive
    List<Entrada> ofView(String aggregateType, UUID id, long after, int limit) {
        var own = own(aggregateType, id, after, limit);
        var foreign = new Select(from(), "position", limit);
        foreign.where(
                "position in (select position from " + serving.from(visao.table())
                        + " where views @> jsonb_build_array(?::text) and position > ? order by position limit " + limit
                        + ")",
                List.of(Visoes.name(aggregateType, id), after));
        return read(own.then(foreign));
    }

    /// An aggregate's own events, oldest first.
    ///
    /// @param after exclusive
    List<Entrada> of(String aggregateType, UUID id, long after, int limit) {
        return read(own(aggregateType, id, after, limit));
    }

    /// What one request caused, oldest first.
    List<Entrada> caused(String correlationId, int limit) {
        var select = new Select(from(), "position", limit);
        select.where("correlation_id = ?", List.of(correlationId));
        return read(select);
    }

    private Select own(String aggregateType, UUID id, long after, int limit) {
        var select = new Select(from(), "position", limit);
        select.where("aggregate_id = ?", List.of(id));
        select.where("aggregate_type = ?", List.of(aggregateType));
        select.where("position > ?", List.of(after));
        return select;
    }

    private Select select(Range range, long after, long before, int limit) {
        var filter = range.filter();
        var select = new Select(from(), "position desc", limit);
        select.equal("aggregate_id", filter.aggregateId());
        select.equal("user_id", filter.userId());
        select.equal("correlation_id", filter.correlationId());
        select.equal("type", filter.eventType());
        if (filter.eventType() == null) {
            select.equal("aggregate_type", filter.aggregateType());
        } else if (filter.aggregateType() != null) {
            // An event's name begins with its context's, which spares looking for what cannot be.
            select.where("?", List.of(filter.eventType().startsWith(filter.aggregateType() + ".")));
        }
        select.between(after, before);
        select.time("timestamp >= ?", filter.from());
        select.time("timestamp < ?", filter.to());
        select.time("timestamp <= ?", filter.at());
        select.time("occurred_at <= ?", filter.occurredAt());
        return select;
    }

    /// A `select` of index rows being put together.
    private static final class Select {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();
        private final String from;
        private final int limit;
        private final String order;
        private String inner;
        private String before = "";

        Select(String from, String order, int limit) {
            this.from = from;
            this.order = order;
            this.inner = order;
            this.limit = limit;
        }

        void where(String condition, List<?> values) {
            conditions.add(condition);
            parameters.addAll(values);
        }

        void equal(String column, @Nullable Object value) {
            if (value != null) {
                where(column + " = ?", List.of(value));
                inner = "-position"; // the indexes' order, which the primary key does not have
            }
        }

        /// Walks the index of what was recorded late, which is small, whatever else is asked for.
        void onlyLate() {
            where(LATE, List.of());
            inner = order;
        }

        /// Newest first, without the ends.
        void between(long after, long before) {
            where("position > ? and position < ?", List.of(after, before));
            if (!inner.equals(order)) {
                where("-position < -?::bigint and -position > -?::bigint", List.of(after, before));
            }
        }

        void time(String condition, @Nullable Instant instant) {
            if (instant != null) {
                where(condition, List.of(utc(instant)));
            }
        }

        /// The rows of both, of which no row is in both.
        Select then(Select other) {
            other.before = "(" + sql() + ") union all ";
            other.parameters.addAll(0, parameters);
            return other;
        }

        String sql() {
            var one = "select " + ROWS.columns() + ", organization_id from " + from + " where "
                    + String.join(" and ", conditions) + " order by " + inner + " limit " + limit;
            return before.isEmpty() ? one : before + "(" + one + ") order by " + order + " limit " + limit;
        }
    }

    private String from() {
        return serving.from(AuditoriaProjection.TABLE);
    }

    private List<Entrada> read(Select select) {
        return db.sql(select.sql())
                .params(select.parameters)
                .query(AuditoriaQueries::entry)
                .list();
    }

    private static Entrada entry(ResultSet row, int number) throws SQLException {
        return new Entrada(ROWS.read(row), row.getObject("organization_id", UUID.class));
    }

    /// The earlier of the two ends of the time of record.
    private static @Nullable Instant until(AuditoriaFilter filter) {
        var to = filter.to();
        var at = filter.at();
        return to == null || (at != null && at.isBefore(to)) ? at : to;
    }

    /// By when what had happened was recorded, unless it was recorded late.
    private static @Nullable Instant occurred(AuditoriaFilter filter) {
        var occurredAt = filter.occurredAt();
        return occurredAt == null ? null : occurredAt.plus(LATE_BY);
    }

    /// A position below everything, of whatever organization, that was recorded at an instant or later. The newest
    /// stretch is never left out:
    /// it is still being recorded.
    private long after(@Nullable Instant instant) {
        return instant == null
                ? 0
                : db.sql("select least(min(number) filter (where latest >= ?), max(number)) from "
                                + serving.fromEveryOrganization(TrechoProjection.TABLE))
                        .param(utc(instant))
                        .query((row, _) -> row.getLong(1) * TrechoProjection.SIZE - 1)
                        .single();
    }

    /// A position above everything that was recorded at an instant or before.
    private long before(@Nullable Instant instant) {
        return instant == null
                ? Long.MAX_VALUE
                : db.sql("select coalesce(max(number) filter (where earliest <= ?), -1), coalesce(max(number), 0)"
                                + " from " + serving.fromEveryOrganization(TrechoProjection.TABLE))
                        .param(utc(instant))
                        .query((row, _) -> row.getLong(1) + 1 >= row.getLong(2)
                                ? Long.MAX_VALUE
                                : (row.getLong(1) + 1) * TrechoProjection.SIZE)
                        .single();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
