package mutirao.messaging.internal.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.messaging.internal.Partitions;
import mutirao.messaging.internal.Shares;

/// Which member of a group has which partitions of a topic: keys that expire unless their member renews them. While
/// Redis is away nothing is taken, and what is held is lost when its time is over, as Redis would see it.
final class Leases implements Shares.Ledger, AutoCloseable {
    static final Duration TERM = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final String NOBODY = "";
    private static final String UNKNOWN = "?";

    private final Redis redis;
    private final Line line;
    private final String group;
    private final String topic;
    private final String member;
    private final Holder holder;
    private final Outage outage;
    private final String name;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    /// Held here, also while being given.
    private final Set<Integer> mine = new HashSet<>();
    /// Being taken from the holder.
    private final Set<Integer> leaving = new HashSet<>();
    private List<String> owners = List.of();
    private int members = 1;
    private boolean stopped;
    private volatile long until = System.nanoTime();

    /// Works with what is leased.
    interface Holder {
        /// Makes sure that the group exists.
        void prepare();

        /// Begins with a partition.
        void begin(int partition);

        /// Ends with it, waits for what runs, and acknowledges what is finished.
        void end(int partition);
    }

    Leases(Redis redis, Line line, String group, String topic, String member, Holder holder) {
        this.redis = redis;
        this.line = line;
        this.group = group;
        this.topic = topic;
        this.member = member;
        this.holder = holder;
        this.name = "leases of " + topic + " for " + group;
        this.outage = redis.outage();
        // Shares may wait for long in give(), and everything else must be kept meanwhile.
        this.keeper = Thread.ofVirtual().name(name).start(this::keep);
    }

    /// Whether nobody else can have a lease of this member's for some time to come.
    boolean lastFor(Duration time) {
        return until - System.nanoTime() > time.toNanos();
    }

    private void keep() {
        try {
            while (!closing.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        var start = System.nanoTime();
        try {
            var answer = redis.run(line, LeaseScripts.LOOK, Names.membersAndLeases(group, topic), arguments());
            until = start + TERM.toNanos();
            members = Integer.parseInt(String.valueOf(answer.getFirst()));
            owners = IntStream.rangeClosed(1, Partitions.COUNT)
                    .mapToObj(i -> String.valueOf(answer.get(i)))
                    .toList();
            outage.over(name);
        } catch (RuntimeException e) {
            outage.failed(name, e);
            var over = !lastFor(Duration.ZERO);
            owners = IntStream.range(0, Partitions.COUNT)
                    .mapToObj(partition -> !over && mine.contains(partition) ? member : UNKNOWN)
                    .toList();
        }
        Set.copyOf(mine).stream()
                .filter(partition -> !owners.get(partition).equals(member))
                .forEach(this::lose);
    }

    private Object[] arguments() {
        return Stream.concat(
                        Stream.of(member, Long.toString(TERM.toMillis()), stopped ? "0" : "1"),
                        IntStream.range(0, Partitions.COUNT)
                                .mapToObj(partition -> mine.contains(partition) ? "1" : "0"))
                .toArray();
    }

    private void lose(int partition) {
        mine.remove(partition);
        if (leaving.add(partition)) {
            Thread.ofVirtual().name("redis-lost-" + topic + "-" + partition).start(() -> {
                holder.end(partition);
                left(partition);
            });
        }
    }

    private synchronized void left(int partition) {
        leaving.remove(partition);
    }

    @Override
    public synchronized Set<Integer> renew(Set<Integer> held) {
        look();
        var lost = new HashSet<>(held);
        lost.removeAll(mine);
        return lost;
    }

    @Override
    public synchronized int members() {
        return Math.max(1, members);
    }

    @Override
    public synchronized List<Integer> free() {
        return IntStream.range(0, Partitions.COUNT)
                .filter(partition -> owners.get(partition).equals(NOBODY))
                .filter(partition -> !mine.contains(partition) && !leaving.contains(partition))
                .boxed()
                .toList();
    }

    @Override
    public synchronized boolean take(int partition) {
        if (stopped || mine.contains(partition) || leaving.contains(partition)) {
            return false;
        }
        holder.prepare();
        var taken = redis.run(
                line,
                LeaseScripts.TAKE,
                List.of(Names.lease(group, topic, partition)),
                member,
                Long.toString(TERM.toMillis()));
        if (taken == 1) {
            mine.add(partition);
            holder.begin(partition);
        }
        return taken == 1;
    }

    @Override
    public void give(int partition) {
        synchronized (this) {
            if (!mine.contains(partition) || !leaving.add(partition)) {
                return;
            }
        }
        try {
            holder.end(partition);
        } finally {
            release(partition);
        }
    }

    private synchronized void release(int partition) {
        leaving.remove(partition);
        if (mine.remove(partition)) {
            redis.run(line, LeaseScripts.GIVE, List.of(Names.lease(group, topic, partition)), member);
        }
    }

    /// Takes none from now on, and leaves its share to others.
    synchronized void stop() {
        stopped = true;
    }

    /// Frees what is held, without asking the holder.
    @Override
    public void close() {
        closing.countDown();
        synchronized (this) {
            stopped = true;
            mine.clear();
            look();
        }
        try {
            var _ = keeper.join(Duration.ofSeconds(10));
            outage.over(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is held now.
    synchronized Set<Integer> held() {
        return Set.copyOf(mine);
    }
}
