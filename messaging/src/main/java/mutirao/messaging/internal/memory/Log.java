package mutirao.messaging.internal.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Wire;
import mutirao.messaging.internal.memory.MemoryTransport.Taking;
import org.jspecify.annotations.Nullable;

/// One partition of a topic, and how far each group has read it. Everything here happens under the broker's lock,
/// unless it says otherwise.
final class Log {
    /// So many messages are kept for the slowest group; publishers wait then.
    private static final int LONGEST = 10_000;
    /// So many are kept as long as nobody listens.
    private static final int UNHEARD = 1_000;

    private final String topic;
    private final int partition;
    private final List<Wire> messages = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Reader> readers = new HashMap<>();
    /// How many have been forgotten: the offset of the first one kept.
    private long base;

    Log(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    private record Waiting(Wire message, CompletableFuture<Void> confirmed) {}

    void add(Wire message, CompletableFuture<Void> confirmed) {
        waiting.add(new Waiting(message, confirmed));
        admit();
    }

    private void admit() {
        var admitted = false;
        while (!waiting.isEmpty() && (readers.isEmpty() || messages.size() < LONGEST)) {
            var next = waiting.remove();
            messages.add(next.message());
            next.confirmed().complete(null);
            admitted = true;
            forget();
        }
        if (admitted) {
            List.copyOf(readers.values()).forEach(Reader::read);
        }
    }

    private void forget() {
        var keepFrom = readers.values().stream()
                .mapToLong(reader -> reader.low)
                .min()
                .orElse(base + Math.max(0, messages.size() - UNHEARD));
        if (keepFrom > base) {
            messages.subList(0, (int) (keepFrom - base)).clear();
            base = keepFrom;
        }
    }

    private long end() {
        return base + messages.size();
    }

    /// How much of it a group has not finished.
    long lag(String group) {
        var reader = readers.get(group);
        return reader == null ? messages.size() : end() - reader.low - reader.finished.size();
    }

    /// The readers of all groups there are, with who is to have each.
    Stream<Reader> readers(List<Taking> takings) {
        for (var taking : takings) {
            if (taking.topics().contains(topic)) {
                readers.computeIfAbsent(taking.group(), group -> new Reader(group, base));
            }
        }
        readers.values().forEach(reader -> reader.heir = heir(reader.group, takings));
        return readers.values().stream();
    }

    private @Nullable Taking heir(String group, List<Taking> takings) {
        var members = takings.stream()
                .filter(taking ->
                        taking.group().equals(group) && taking.topics().contains(topic))
                .toList();
        return members.isEmpty() ? null : members.get(partition % members.size());
    }

    void assign(List<Taking> takings) {
        readers(takings).forEach(Reader::inherit);
    }

    /// How far a group has read.
    final class Reader {
        private final String group;
        /// Everything before it is finished.
        private long low;
        /// What comes next.
        private long next;
        private final TreeSet<Long> finished = new TreeSet<>();
        private final Collection<Long> given = new TreeSet<>();
        private @Nullable Taking owner;
        private @Nullable Taking heir;
        /// Of the owner's time: what was given before is acknowledged in vain.
        private Object reign = new Object();
        private boolean reading;

        Reader(String group, long from) {
            this.group = group;
            this.low = from;
            this.next = from;
        }

        boolean moves() {
            return owner != null && owner != heir;
        }

        /// Not under the lock: it waits for what runs.
        void letGo() {
            var before = owner;
            if (before != null) {
                before.receiver().revoke(reign);
            }
        }

        private void inherit() {
            if (owner != heir) {
                owner = heir;
                reign = new Object();
                given.clear();
                next = low;
            }
            read();
        }

        private void read() {
            if (reading) {
                return; // a message that is finished at once leads back here
            }
            reading = true;
            try {
                while (owner != null
                        && !owner.stopped()
                        && given.size() < owner.window()
                        && Math.max(next, low) < end()) {
                    // What was finished beyond it may have been passed meanwhile.
                    var offset = Math.max(next, low);
                    next = offset + 1;
                    if (!finished.contains(offset)) {
                        given.add(offset);
                        owner.receiver().receive(new Given(this, offset, reign));
                    }
                }
            } finally {
                reading = false;
            }
        }

        private void done(long offset, Object when) {
            if (!when.equals(reign) || !given.remove(offset)) {
                return;
            }
            finished.add(offset);
            while (finished.remove(low)) {
                low++;
            }
            forget();
            admit();
            read();
        }
    }

    private final class Given implements Delivery {
        private final Reader reader;
        private final long offset;
        private final Object reign;
        private final Wire message;

        Given(Reader reader, long offset, Object reign) {
            this.reader = reader;
            this.offset = offset;
            this.reign = reign;
            this.message = messages.get((int) (offset - base));
        }

        @Override
        public Wire message() {
            return message;
        }

        @Override
        public String place() {
            return topic + "-" + partition + "-" + offset;
        }

        @Override
        public Object partition() {
            return reign;
        }

        @Override
        public void done() {
            var owner = reader.owner;
            if (owner != null) {
                owner.locked(() -> reader.done(offset, reign));
            }
        }
    }
}
