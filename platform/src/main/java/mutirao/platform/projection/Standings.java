package mutirao.platform.projection;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.Position;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.Follower;

/// Asks the log, the follower's row and the rebuilds how projections stand. Thread-safe.
final class Standings {
    /// The state of a follower that waits to be put at a position.
    static final String BUILDING = "BUILDING";

    private final EventLog log;
    private final DeadLetters letters;
    private final Rebuilds rebuilds;
    private final Clock clock;

    Standings(EventLog log, DeadLetters letters, Rebuilds rebuilds, Clock clock) {
        this.log = log;
        this.letters = letters;
        this.rebuilds = rebuilds;
        this.clock = clock;
    }

    Standing of(ProjectionSubscriber<?> subscriber, Follower follower) {
        var table = subscriber.table();
        var status = follower.status();
        var head = Math.max(log.horizon(), status.position());
        return new Standing(
                table.name(),
                table.physical(),
                table.version(),
                new Position(status.position()),
                new Position(head),
                head - status.position(),
                lagMillis(status.position(), head),
                state(table.name(), status.state()),
                letters.count(follower.name()));
    }

    private String state(String name, String live) {
        var last = rebuilds.find(name).map(Rebuild::state);
        if (last.equals(Optional.of(State.RUNNING))) {
            return "REBUILDING";
        }
        if (!live.equals(BUILDING)) {
            return live;
        }
        return last.equals(Optional.of(State.FAILED)) ? "FAILED" : "REBUILDING";
    }

    private long lagMillis(long position, long head) {
        return log.read(position, head, Set.of(), 1).stream()
                .findFirst()
                .map(event -> Duration.between(event.meta().timestamp(), clock.instant())
                        .toMillis())
                .map(millis -> Math.max(0, millis))
                .orElse(0L);
    }
}
