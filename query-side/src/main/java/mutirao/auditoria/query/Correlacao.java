package mutirao.auditoria.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.auditoria.query.AuditoriaProjection.Registro;
import mutirao.platform.eventstore.Position;
import org.jspecify.annotations.Nullable;

/// What one request from outside caused: commands, their events, and the commands that sagas and deadlines sent because
/// of them.
///
/// @param kind      `request`
/// @param truncated whether there are more events than are shown
/// @param commands  those that the request sent itself, and those whose cause is not shown
record Correlacao(String kind, String correlationId, int events, boolean truncated, List<Comando> commands) {
    /// How deep the tree is shown; what lies deeper hangs at the request.
    static final int DEPTH = 100;

    /// A command that was obeyed. Commands are not stored: the events of one aggregate that have the same cause and
    /// sender are one.
    ///
    /// @param kind        `command`
    /// @param causationId the event that caused it, or the request
    record Comando(
            String kind,
            String aggregateType,
            UUID aggregateId,
            UUID userId,
            @Nullable String source,
            @Nullable String causationId,
            List<Causado> events) {}

    /// An event.
    ///
    /// @param kind     `event`
    /// @param commands those that it caused
    record Causado(
            String kind,
            Position position,
            String eventId,
            String type,
            long version,
            Instant timestamp,
            Instant occurredAt,
            List<Comando> commands) {}

    private record Key(
            @Nullable String cause,
            UUID aggregateId,
            UUID userId,
            @Nullable String source) {}

    private record Place(List<Comando> commands, int depth) {}

    /// @param rows in order of position
    static Correlacao of(String correlationId, List<Registro> rows, boolean truncated) {
        var root = new Place(new ArrayList<>(), 0);
        Map<String, Place> caused = new HashMap<>();
        Map<Key, Comando> commands = new LinkedHashMap<>();
        for (var row : rows) {
            var cause = caused.getOrDefault(String.valueOf(row.causationId()), root);
            var place = cause.depth < DEPTH ? cause : root;
            var key = new Key(row.causationId(), row.aggregateId(), row.userId(), row.source());
            var event = event(row);
            commands.computeIfAbsent(key, _ -> added(command(row), place))
                    .events()
                    .add(event);
            caused.put(row.eventId(), new Place(event.commands(), place.depth + 1));
        }
        return new Correlacao("request", correlationId, rows.size(), truncated, root.commands);
    }

    private static Comando added(Comando command, Place place) {
        place.commands.add(command);
        return command;
    }

    private static Comando command(Registro row) {
        return new Comando(
                "command",
                row.aggregateType(),
                row.aggregateId(),
                row.userId(),
                row.source(),
                row.causationId(),
                new ArrayList<>());
    }

    private static Causado event(Registro row) {
        return new Causado(
                "event",
                new Position(row.position()),
                row.eventId(),
                row.type(),
                row.version(),
                row.timestamp(),
                row.occurredAt(),
                new ArrayList<>());
    }
}
