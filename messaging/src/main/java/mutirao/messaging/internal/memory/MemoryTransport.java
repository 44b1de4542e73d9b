package mutirao.messaging.internal.memory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mutirao.messaging.internal.Transport;
import mutirao.messaging.internal.Wire;

/// Carries messages within one process.
public final class MemoryTransport implements Transport {
    private final MemoryBroker broker;
    private final List<Consumer<Wire>> watchers = new CopyOnWriteArrayList<>();

    /// @param broker shared with whom it is to talk to
    public MemoryTransport(MemoryBroker broker) {
        this.broker = broker;
    }

    /// Tells a watcher everything that is sent from now on, before anybody gets it.
    public void watch(Consumer<Wire> watcher) {
        watchers.add(watcher);
    }

    @Override
    public CompletableFuture<Void> send(Wire message) {
        watchers.forEach(watcher -> watcher.accept(message));
        return broker.send(message);
    }

    @Override
    public Subscription subscribe(String group, Set<String> topics, int window, Receiver receiver) {
        var taking = new Taking(group, Set.copyOf(topics), window, receiver);
        broker.lock.lock();
        try {
            topics.forEach(broker::topic);
        } finally {
            broker.lock.unlock();
        }
        broker.join(taking);
        return taking;
    }

    @Override
    public long lag(String group, String topic) {
        broker.lock.lock();
        try {
            return broker.topic(topic).stream().mapToLong(log -> log.lag(group)).sum();
        } finally {
            broker.lock.unlock();
        }
    }

    @Override
    public void close() {
        // what is in memory stays for the other transports of the same broker
    }

    /// One member of a group.
    final class Taking implements Subscription {
        private final String group;
        private final Set<String> topics;
        private final int window;
        private final Receiver receiver;
        private volatile boolean stopped;
        private volatile boolean closed;

        Taking(String group, Set<String> topics, int window, Receiver receiver) {
            this.group = group;
            this.topics = topics;
            this.window = window;
            this.receiver = receiver;
        }

        String group() {
            return group;
        }

        Set<String> topics() {
            return topics;
        }

        int window() {
            return window;
        }

        Receiver receiver() {
            return receiver;
        }

        boolean stopped() {
            return stopped;
        }

        void locked(Runnable change) {
            broker.lock.lock();
            try {
                change.run();
            } finally {
                broker.lock.unlock();
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void close() {
            stopped = true;
            if (!closed) {
                closed = true;
                broker.leave(this);
            }
        }
    }
}
