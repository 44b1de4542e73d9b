package mutirao.messaging.internal.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Wire;

/// Topics in memory, shared by the transports that are given the same one, as processes share a broker. A message
/// is kept until all groups of its topic have finished it.
public final class MemoryBroker {
    /// Guards everything of it. Never held while a receiver is told to let go of a partition.
    final ReentrantLock lock = new ReentrantLock();

    private final Map<String, List<Log>> topics = new HashMap<>();
    private final List<MemoryTransport.Taking> takings = new ArrayList<>();

    /// The partitions of a topic. Under the lock.
    List<Log> topic(String name) {
        return topics.computeIfAbsent(name, topic -> {
            var logs = new ArrayList<Log>();
            for (var partition = 0; partition < Partitions.COUNT; partition++) {
                logs.add(new Log(topic, partition));
            }
            return List.copyOf(logs);
        });
    }

    CompletableFuture<Void> send(Wire message) {
        var confirmed = new CompletableFuture<Void>();
        lock.lock();
        try {
            topic(message.topic()).get(Partitions.of(message.key())).add(message, confirmed);
        } finally {
            lock.unlock();
        }
        return confirmed;
    }

    void join(MemoryTransport.Taking taking) {
        changeMembers(() -> takings.add(taking));
    }

    void leave(MemoryTransport.Taking taking) {
        changeMembers(() -> takings.remove(taking));
    }

    /// Divides the partitions of all groups anew. What changes hands is let go of before it is taken.
    private void changeMembers(Runnable change) {
        var moving = new ArrayList<Log.Reader>();
        lock.lock();
        try {
            change.run();
            for (var logs : topics.values()) {
                for (var log : logs) {
                    log.readers(takings).filter(Log.Reader::moves).forEach(moving::add);
                }
            }
        } finally {
            lock.unlock();
        }
        moving.forEach(Log.Reader::letGo);
        lock.lock();
        try {
            topics.values().forEach(logs -> logs.forEach(log -> log.assign(takings)));
        } finally {
            lock.unlock();
        }
    }
}
