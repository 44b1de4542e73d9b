package mutirao.platform.command;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.RecordedEvent;

/// A log in which nothing stands, but for what a test says.
class RegistroVazio implements EventLog {
    @Override
    public long horizon() {
        return 0;
    }

    @Override
    public Optional<UUID> organizationOf(String aggregateId) {
        return Optional.empty();
    }

    @Override
    public List<RecordedEvent> read(long after, long upTo, Set<String> contexts, int limit) {
        return List.of();
    }

    @Override
    public List<RecordedEvent> at(Collection<Long> positions) {
        return List.of();
    }

    @Override
    public long count(long upTo, Set<String> contexts) {
        return 0;
    }
}
