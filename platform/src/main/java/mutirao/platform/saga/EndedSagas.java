package mutirao.platform.saga;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.retention.Outdated;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Sagas that have come to their end and heard nothing since. Those that still run stay however old, and so do those
/// with dead letters, whose commands somebody may yet send again, and all of a saga whose follower stands still: it
/// may have events of theirs before it. To one that is removed, an event means what it means to a saga that never
/// began.
final class EndedSagas implements Outdated {
    private static final String OLD = """
            select name, id, state::text, updated_at from saga
            where updated_at < ? and (updated_at, name, id) > (?, ?, ?)
              and not exists (select from dead_letter l
                              where l.source = 'saga:' || saga.name and l.sequence = saga.id::text)
              and exists (select from follower f where f.name = 'saga:' || saga.name and f.state = 'LIVE')
            order by updated_at, name, id limit ? for update of saga skip locked""";

    private final JdbcClient db;
    private final Map<String, Saga<?>> sagas;
    private final Duration kept;
    private final JsonMapper json = AxonJson.mapper();

    EndedSagas(JdbcClient db, List<Saga<?>> sagas, Duration kept) {
        this.db = db;
        this.sagas = sagas.stream().collect(Collectors.toMap(Saga::name, Function.identity()));
        this.kept = kept;
    }

    @Override
    public String name() {
        return "ended sagas";
    }

    @Override
    public Duration kept() {
        return kept;
    }

    private record Row(String name, UUID id, String state, OffsetDateTime updatedAt) {}

    @Override
    public Sweep before(Instant instant) {
        return new Sweep() {
            private Row last = new Row("", new UUID(0, 0), "", OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC));

            @Override
            public Batch next(int rows) {
                var old = db.sql(OLD)
                        .params(
                                OffsetDateTime.ofInstant(instant, ZoneOffset.UTC),
                                last.updatedAt(),
                                last.name(),
                                last.id(),
                                rows)
                        .query((row, _) -> new Row(
                                row.getString(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class)))
                        .list();
                if (!old.isEmpty()) {
                    last = old.getLast();
                }
                return new Batch(delete(old), old.size() < rows);
            }
        };
    }

    private int delete(List<Row> old) {
        var ended = new ArrayList<UUID>();
        var names = new ArrayList<String>();
        for (var row : old) {
            if (Optional.ofNullable(sagas.get(row.name()))
                    .filter(saga -> ended(saga, row))
                    .isPresent()) {
                ended.add(row.id());
                names.add(row.name());
            }
        }
        return db.sql("delete from saga where (name, id) in (select * from unnest(?::text[], ?::uuid[]))")
                .params(names.toArray(String[]::new), ended.toArray(UUID[]::new))
                .update();
    }

    private <S extends Record> boolean ended(Saga<S> saga, Row row) {
        return saga.ended(json.readValue(row.state(), saga.state()));
    }
}
